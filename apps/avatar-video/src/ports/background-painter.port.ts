import type { Aspect, Language, Usage } from '@tecnocursos/contracts';
import type { MediaFile } from './avatar-renderer.port.js';

export interface BackgroundOrder {
  readonly prompt: string;
  readonly language: Language;
  readonly aspect: Aspect;
}

export interface PaintedBackground extends MediaFile {
  readonly usage: Usage;
  readonly model: string;
  readonly warnings: readonly string[];
}

/** Paints a picture of a description, at once. */
export interface BackgroundPainter {
  /** Languages that prompts may be in; others are translated before. */
  readonly languages: readonly Language[];
  estimate(order: BackgroundOrder): { readonly model: string; readonly usage: Usage };
  paint(order: BackgroundOrder, signal: AbortSignal): Promise<PaintedBackground>;
}

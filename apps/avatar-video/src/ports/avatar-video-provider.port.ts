import type { AvatarRenderer } from './avatar-renderer.port.js';
import type { BackgroundPainter } from './background-painter.port.js';
import type { EffectRenderer } from './effect-renderer.port.js';

/** Operations of the domain, as capabilities, routes and ledger name them. */
export const AVATAR_OPERATIONS = ['avatar', 'effect', 'background'] as const;
export type AvatarOperation = (typeof AVATAR_OPERATIONS)[number];

/** What one provider of the domain has; a definition's capabilities say the same. */
export interface AvatarVideoProvider {
  readonly avatars?: AvatarRenderer;
  readonly effects?: EffectRenderer;
  readonly backgrounds?: BackgroundPainter;
  /** Ends what runs on this machine. */
  close?(): Promise<void>;
}

/** Injection token of the `ProviderChain<AvatarVideoProvider>`. */
export const AVATAR_CHAIN = Symbol('AVATAR_CHAIN');

import type { Aspect } from '@tecnocursos/contracts';
import type { MediaFile, VendorCredits } from './avatar-renderer.port.js';
import type { VendorJobs } from './vendor-job.port.js';

export interface EffectOrder {
  readonly reference: string;
  readonly still: MediaFile;
  readonly prompt?: string;
  readonly seconds: number;
  readonly aspect: Aspect;
}

/** Makes short clips that begin with a still. */
export interface EffectRenderer extends VendorJobs<EffectOrder> {
  credits?(signal: AbortSignal): Promise<VendorCredits>;
}

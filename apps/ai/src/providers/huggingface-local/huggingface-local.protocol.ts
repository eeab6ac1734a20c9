import type { ClassScore } from '../../sentiment/sentiment-labels.js';

/** Handed to the thread when it starts. */
export interface EngineOptions {
  /** `org/name` on the hub, and the folder below `localModelPath`. */
  readonly model: string;
  /** Where downloaded models are kept. */
  readonly cacheDir: string;
  /** Looked into before the hub is asked; absent: nowhere. */
  readonly localModelPath: string | undefined;
  readonly allowRemoteModels: boolean;
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'q4';
}

/** `probe` loads the engine and no model. */
export type EngineTask = { readonly id: number; readonly kind: 'probe' } | { readonly id: number; readonly kind: 'classify'; readonly texts: readonly string[] };

/** For each text the scores of all classes. */
export type EngineReply = { readonly id: number; readonly classes: readonly (readonly ClassScore[])[] } | { readonly id: number; readonly error: string };

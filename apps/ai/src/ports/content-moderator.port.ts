import type { Usage } from '@tecnocursos/contracts';
import type { ModelCallOptions } from './language-model.port.js';

/** House categories; every vendor's own are mapped to them. */
export const MODERATION_CATEGORIES = ['harassment', 'hate', 'self_harm', 'sexual', 'sexual_minors', 'violence', 'illicit'] as const;
export type ModerationCategory = (typeof MODERATION_CATEGORIES)[number];

export interface ModeratedInput {
  readonly flagged: boolean;
  /** 0 to 1 for each house category; a category that the vendor does not know is 0. */
  readonly scores: Readonly<Record<ModerationCategory, number>>;
}

export interface Moderation {
  /** One for each input, in its order. */
  readonly results: readonly ModeratedInput[];
  readonly model: string;
  readonly usage: Usage;
}

export interface ContentModerator {
  /** One to 32 texts. */
  moderate(inputs: readonly string[], options: ModelCallOptions): Promise<Moderation>;
}

import { readConfig, type Environment } from '@tecnocursos/nest-kit';
import { z } from 'zod';

/** What the AI service reads, besides the variables of its providers. */
export const AiConfigSchema = z.object({
  AI_CHUNK_TOKENS: z.coerce.number().int().min(500).max(400_000).default(24_000).meta({ description: 'tokens of a text that one prompt to a language model may hold; longer texts are divided' }),
  AI_DESCRIBE_PICTURES: z.enum(['auto', 'never']).default('auto').meta({ description: '`auto`: pictures without alternative text are described by a live vendor that sees; `never`: they stay without' }),
});

export interface AiConfig {
  readonly chunkTokens: number;
  readonly describePictures: 'auto' | 'never';
}

export const AI_CONFIG = Symbol('AI_CONFIG');

export function readAiConfig(environment: Environment): AiConfig {
  const { AI_CHUNK_TOKENS: chunkTokens, AI_DESCRIBE_PICTURES: describePictures } = readConfig(AiConfigSchema, environment);
  return { chunkTokens, describePictures };
}

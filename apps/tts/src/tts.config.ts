import { z } from 'zod';

export const TtsConfigSchema = z.object({
  TTS_WORKERS: z.coerce.number().int().min(1).max(100).default(6).meta({ description: 'items of batches that one process speaks at once' }),
  TTS_TENANT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(4).meta({ description: 'items of batches of one tenant that are spoken at once, over all replicas' }),
  TTS_CACHE_DAYS: z.coerce.number().int().min(0).max(3_650).default(30).meta({ description: 'days that speech is kept for the same request after its last use; 0: never used again' }),
});
export type TtsConfig = z.infer<typeof TtsConfigSchema>;

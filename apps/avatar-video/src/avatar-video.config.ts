import { z } from 'zod';

export const AvatarVideoConfigSchema = z.object({
  AVATAR_VIDEO_SLIDE_THREADS: z.coerce.number().int().min(1).max(32).default(2).meta({ description: 'threads that draw slides; about 150 MB each while they work' }),
  AVATAR_VIDEO_LESSONS_AT_A_TIME: z.coerce.number().int().min(1).max(32).default(2).meta({ description: 'lessons that one process renders at a time; further ones wait' }),
  AVATAR_VIDEO_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4).meta({ description: 'videos that one process starts, asks about or fetches at the same time' }),
  AVATAR_VIDEO_POLL_MS: z.coerce.number().int().min(50).max(600_000).default(5_000).meta({ description: 'milliseconds between two questions to a vendor about one video; its webhooks come on top' }),
  AVATAR_VIDEO_DOUBT_MS: z.coerce.number().int().min(0).max(3_600_000).default(20_000).meta({
    description: 'milliseconds to wait, after an order whose answer was lost, before the vendor is asked whether it has it; longer than the vendor may take to list it',
  }),
  AVATAR_VIDEO_RENDER_LIMIT_S: z.coerce.number().int().min(10).max(86_400).default(3_600).meta({ description: 'seconds that a vendor may take for one video before it is given up' }),
  AVATAR_VIDEO_MAX_VIDEO_MB: z.coerce.number().int().min(1).max(4_096).default(512).meta({ description: 'largest video that is fetched from a vendor' }),
  AVATAR_VIDEO_WEBHOOK_BASE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).optional().meta({
    description: 'where vendors reach the gateway, such as https://api.example.com; without it vendors are polled and never call',
  }),
  AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS: z.string().max(2_000).default('').transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== '')).meta({
    description: 'secrets of the webhook that was registered at Synthesia for /api/integrations/webhooks/synthesia, the newest first, separated by commas; its calls are refused when absent',
  }),
});
export type AvatarVideoConfig = z.infer<typeof AvatarVideoConfigSchema>;

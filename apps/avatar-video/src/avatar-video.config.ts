import { z } from 'zod';

export const AvatarVideoConfigSchema = z.object({
  AVATAR_VIDEO_SLIDE_THREADS: z.coerce.number().int().min(1).max(32).default(2).meta({ description: 'threads that draw slides; about 150 MB each while they work' }),
  AVATAR_VIDEO_LESSONS_AT_A_TIME: z.coerce.number().int().min(1).max(32).default(2).meta({ description: 'lessons that one process renders at a time; further ones wait' }),
});
export type AvatarVideoConfig = z.infer<typeof AvatarVideoConfigSchema>;

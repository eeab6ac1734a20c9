import { z } from 'zod';

export const CoursesConfigSchema = z.object({
  COURSES_TENANT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(6).meta({ description: 'steps of one tenant that run at once, over all replicas' }),
  COURSES_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(12).meta({ description: 'steps that one process runs at once' }),
  COURSES_READERS: z.coerce.number().int().min(1).max(32).default(2).meta({ description: 'documents that one process reads at once' }),
  COURSES_LINK_HOURS: z.coerce.number().int().min(1).max(168).default(24).meta({ description: 'hours that links in API answers open' }),
});
export type CoursesConfig = z.infer<typeof CoursesConfigSchema>;

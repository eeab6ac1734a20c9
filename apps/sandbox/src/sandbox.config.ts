import { SandboxModeSchema } from '@tecnocursos/contracts';
import { z } from 'zod';

export const SandboxConfigSchema = z.object({
  SANDBOX_HOST: z.string().default('127.0.0.1').meta({ description: 'address that the simulated vendors listen on' }),
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4010).meta({ description: 'port of the simulated vendors; 0: any free one' }),
  SANDBOX_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional().meta({ description: 'where others reach the sandbox; http://SANDBOX_HOST:port when absent' }),
  SANDBOX_MODE: SandboxModeSchema.default('success').meta({ description: 'how the simulated vendors behave at the start' }),
  SANDBOX_SEED: z.coerce.number().int().min(0).max(0x7fffffff).optional().meta({ description: 'seed of drawn failures and latencies; drawn itself when absent' }),
});
export type SandboxConfig = z.infer<typeof SandboxConfigSchema>;

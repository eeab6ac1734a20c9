import { z } from 'zod';

const positive = z.coerce.number().positive();
const count = z.coerce.number().int().positive();
const share = z.coerce.number().gt(0).lt(1);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What can be set for every provider, by `<PREFIX>_<NAME>`. Every knob has an effect that a test shows. */
export const KNOBS = {
  ENABLED: flag.meta({ description: 'false: never called, whatever else is set' }),
  BASE_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).meta({ description: "address in place of the vendor's own" }),
  SANDBOX: flag.meta({ description: 'true: the sandbox is called even when credentials are set; in production it must be said here by name, else the sandbox is never called' }),
  TIMEOUT_MS: count.meta({ description: 'milliseconds for one attempt; of a stream, for its first part' }),
  STREAM_IDLE_TIMEOUT_MS: count.meta({ description: 'milliseconds between two parts of a stream' }),
  MAX_RETRIES: z.coerce.number().int().min(0).max(10).meta({ description: 'attempts after the first at this provider' }),
  RATE_LIMIT_RPM: count.meta({ description: 'requests a minute that the vendor allows; no limit of ours when absent' }),
  RATE_LIMIT_TPM: count.meta({ description: 'tokens (characters, for voices) a minute that the vendor allows' }),
  CONCURRENCY: count.meta({ description: 'calls under way at once, in this process' }),
  QUEUE: z.coerce.number().int().min(0).meta({ description: 'calls that may wait for their turn; more are sent on to the next provider' }),
  BREAKER_THRESHOLD: share.meta({ description: 'share of failed calls that opens the circuit breaker' }),
  BREAKER_WINDOW_S: positive.meta({ description: 'seconds that the share is taken over' }),
  BREAKER_MIN_CALLS: count.meta({ description: 'calls within the window before the breaker may open' }),
  BREAKER_OPEN_S: positive.meta({ description: 'seconds until an open breaker lets a probe through; doubles each time it fails' }),
  BREAKER_MAX_OPEN_S: positive.meta({ description: 'seconds that the doubling ends at' }),
  PRIORITY: z.coerce.number().int().min(0).max(1_000).meta({ description: 'place under the policy `priority`: lower goes first' }),
  WEIGHT: z.coerce.number().min(0).max(1_000).meta({ description: 'share under the policy `weighted`, relative to the others' }),
  DAILY_BUDGET_USD: positive.meta({ description: 'US dollars a day, all tenants together; no limit when absent' }),
  MONTHLY_BUDGET_USD: positive.meta({ description: 'US dollars a month, all tenants together; no limit when absent' }),
  CACHE_TTL_S: z.coerce.number().int().min(0).meta({ description: 'seconds that an answer may be used again for the same request of the same tenant; 0: never' }),
} as const satisfies Record<string, z.ZodType>;

export interface ProviderKnobs {
  enabled: boolean;
  baseUrl: string | undefined;
  sandbox: boolean | undefined;
  timeoutMs: number;
  streamIdleTimeoutMs: number;
  maxRetries: number;
  rateLimitRpm: number | undefined;
  rateLimitTpm: number | undefined;
  concurrency: number;
  queue: number;
  breakerThreshold: number;
  breakerWindowS: number;
  breakerMinCalls: number;
  breakerOpenS: number;
  breakerMaxOpenS: number;
  priority: number;
  weight: number;
  dailyBudgetUsd: number | undefined;
  monthlyBudgetUsd: number | undefined;
  cacheTtlS: number;
}

export const DEFAULT_KNOBS: ProviderKnobs = {
  enabled: true, baseUrl: undefined, sandbox: undefined, timeoutMs: 60_000, streamIdleTimeoutMs: 30_000, maxRetries: 1, rateLimitRpm: undefined, rateLimitTpm: undefined,
  concurrency: 128, queue: 512, breakerThreshold: 0.5, breakerWindowS: 30, breakerMinCalls: 10, breakerOpenS: 15, breakerMaxOpenS: 120, priority: 100, weight: 1,
  dailyBudgetUsd: undefined, monthlyBudgetUsd: undefined, cacheTtlS: 3_600,
};

/** `BREAKER_OPEN_S` → `breakerOpenS`. */
export const knobKey = (name: keyof typeof KNOBS): keyof ProviderKnobs =>
  name.toLowerCase().replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()) as keyof ProviderKnobs;

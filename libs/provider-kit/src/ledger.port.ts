import type { UsageRecord } from '@tecnocursos/contracts';

/** Takes note of every attempt. It must not throw, and must not lose a record when the process is killed afterwards. */
export interface UsageLedger {
  record(entry: UsageRecord): void;
}

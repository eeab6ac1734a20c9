import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the sandbox sees it; tests give their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
  },
};

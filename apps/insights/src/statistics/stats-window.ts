import { AppError, type UsageStatsQuery } from '@tecnocursos/contracts';
import { periodAt } from '../budgets/budget-period.js';

export type Bucket = UsageStatsQuery['bucket'];

/** From `from` on, without `to`. What whole hours lie between is summed up already; the ledger itself is read for the rest. */
export interface StatsWindow {
  from: Date;
  to: Date;
  /** Equal when nothing is to be taken from the sums. */
  hoursFrom: Date;
  hoursTo: Date;
}

export const MAX_GROUPS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const BUCKET_MS: Record<Bucket, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
/** Minutes are read from the ledger itself: six hours of them. */
const MAX_BUCKETS: Record<Bucket, number> = { minute: 360, hour: MAX_GROUPS, day: MAX_GROUPS };

/** @throws AppError `invalid_request` for a time that ends before it begins, or has more buckets than an answer can hold. */
export function windowOf(query: UsageStatsQuery, now: Date, retentionDays: number): StatsWindow {
  const to = Math.min(query.to === undefined ? Infinity : Date.parse(query.to), now.getTime());
  const oldest = now.getTime() - retentionDays * DAY_MS;
  const from = Math.max(query.from === undefined ? to - DAY_MS : Date.parse(query.from), oldest);
  if (from >= to) throw invalid('from', query.from === undefined ? 'Choose a `to` that the ledger still keeps.' : 'Choose a time before `to`, in the past.');
  const byTime = query.group_by.includes('time');
  if (byTime && (to - from) / BUCKET_MS[query.bucket] > MAX_BUCKETS[query.bucket]) {
    throw invalid('bucket', `There would be more than ${MAX_BUCKETS[query.bucket]} buckets of a ${query.bucket}: choose a larger one, or a shorter time.`);
  }
  const byMinute = byTime && query.bucket === 'minute';
  const hoursFrom = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const hoursTo = Math.floor(to / HOUR_MS) * HOUR_MS;
  const whole = byMinute || hoursTo <= hoursFrom ? { hoursFrom: from, hoursTo: from } : { hoursFrom, hoursTo };
  return { from: new Date(from), to: new Date(to), hoursFrom: new Date(whole.hoursFrom), hoursTo: new Date(whole.hoursTo) };
}

export const minutesOf = ({ from, to }: Pick<StatsWindow, 'from' | 'to'>): number => (to.getTime() - from.getTime()) / MINUTE_MS;

/** Minutes of a bucket that lie inside the window: its first and last bucket may be cut. */
export function minutesOfBucket(start: Date, bucket: Bucket, window: StatsWindow): number {
  const end = bucket === 'day' ? periodAt('day', start).end : new Date(start.getTime() + BUCKET_MS[bucket]);
  return minutesOf({ from: new Date(Math.max(start.getTime(), window.from.getTime())), to: new Date(Math.min(end.getTime(), window.to.getTime())) });
}

export const invalid = (field: string, message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });

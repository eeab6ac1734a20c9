import type { BudgetPeriod } from '@tecnocursos/contracts';
import { TIME_ZONE } from '../insights.tables.js';

/** A day or month of America/Sao_Paulo. */
export interface PeriodSpan {
  start: Date;
  /** Not included: the start of the next one. */
  end: Date;
  /** `2026-11-25`: the local date of its first day. */
  firstDay: string;
}

interface LocalDay {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
}

const HOUR_MS = 3_600_000;
const localDate = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const isoDate = ({ year, month, day }: LocalDay): string => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

export function periodAt(period: BudgetPeriod, now: Date): PeriodSpan {
  const today = localDayOf(now);
  const first = period === 'day' ? today : { ...today, day: 1 };
  const next = period === 'day' ? { ...first, day: first.day + 1 } : { ...first, month: first.month + 1 };
  return { start: startOf(first), end: startOf(next), firstDay: isoDate(first) };
}

function localDayOf(instant: Date): LocalDay {
  const [year = 0, month = 0, day = 0] = localDate.format(instant).split('-').map(Number);
  return { year, month, day };
}

/**
 * The first instant of a local day. Midnight itself may not exist (clocks went from 0:00 to 1:00 in the summers until 2018) or come twice, so the first hour
 * is searched whose date is that day: the zone's offsets have been whole hours since 1914.
 */
function startOf(day: LocalDay): Date {
  const wanted = isoDate(day);
  const noonUtc = Date.parse(`${wanted}T12:00:00Z`);
  for (let instant = noonUtc - 14 * HOUR_MS; instant < noonUtc; instant += HOUR_MS) {
    if (isoDate(localDayOf(new Date(instant))) === wanted) return new Date(instant);
  }
  throw new Error(`The day ${wanted} does not begin in ${TIME_ZONE}`);
}

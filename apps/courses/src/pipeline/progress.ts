import type { StepKind, StepProgress } from '@tecnocursos/contracts';
import type { JobState } from '@tecnocursos/persistence';

export const STEP_ORDER: readonly StepKind[] = ['extract', 'outline', 'background', 'script', 'quiz', 'voice', 'presenter', 'video', 'assemble', 'publish', 'notify'];
/** Steps that only some courses have: they are shown, and count, once they exist. */
const OPTIONAL: ReadonlySet<StepKind> = new Set(['background', 'presenter']);

/** Shares of the work, as measured on a ten-minute course; those that every course has add up to 1. */
const WEIGHTS: Record<StepKind, number> = {
  extract: 0.05, outline: 0.04, script: 0.06, quiz: 0.05, voice: 0.3, video: 0.4, assemble: 0.05, publish: 0.03, notify: 0.02,
  background: 0.03, presenter: 0.3,
};

/** Sums over the steps of one kind. */
export interface KindTally {
  kind: StepKind;
  total: number;
  done: number;
}

/** Steps that will exist count as soon as they are known: one per lesson, one per slide of the scripts so far. */
export function courseProgress(tallies: readonly KindTally[], lessons: number): number {
  const perLesson = new Set<StepKind>(['script', 'quiz', 'presenter', 'video', 'assemble']);
  const kinds = STEP_ORDER.filter((kind) => !OPTIONAL.has(kind) || tallies.some((tally) => tally.kind === kind));
  const whole = kinds.reduce((weight, kind) => weight + WEIGHTS[kind], 0);
  const sum = kinds.reduce((progress, kind) => {
    const tally = tallies.find((candidate) => candidate.kind === kind);
    const expected = Math.max(1, tally?.total ?? 0, perLesson.has(kind) ? lessons : 0);
    return progress + WEIGHTS[kind] * ((tally?.done ?? 0) / expected);
  }, 0);
  return Math.min(1, Math.round((sum / whole) * 1000) / 1000);
}

export interface ProgressRow {
  kind: StepKind;
  state: JobState;
  attempts: number;
  started_at: Date | null;
  finished_at: Date | null;
  work_ms: number;
  cost_micros: number;
  provider: string | null;
  simulated: boolean | null;
}

/** What users see of the steps, one line a kind, in the order of the pipeline. */
export function stepProgress(rows: readonly ProgressRow[], now: Date): StepProgress[] {
  const kinds = STEP_ORDER.filter((kind) => !OPTIONAL.has(kind) || rows.some((row) => row.kind === kind));
  return kinds.map((kind) => kindProgress(kind, rows.filter((row) => row.kind === kind), now));
}

function kindProgress(kind: StepKind, rows: readonly ProgressRow[], now: Date): StepProgress {
  const done = rows.filter((row) => row.state === 'done').length;
  const starts = rows.flatMap((row) => (row.started_at ? [row.started_at.getTime()] : []));
  const ends = rows.map((row) => (row.finished_at ?? now).getTime());
  const provider = rows.find((row) => row.provider !== null)?.provider;
  return {
    kind,
    state: kindState(rows),
    done,
    total: rows.length,
    attempts: rows.reduce((sum, row) => sum + row.attempts, 0),
    elapsed_ms: starts.length === 0 ? 0 : Math.max(0, Math.max(...ends) - Math.min(...starts)),
    work_ms: rows.reduce((sum, row) => sum + row.work_ms, 0),
    ...(provider && { provider }),
    ...(rows.some((row) => row.simulated !== null) && { simulated: rows.some((row) => row.simulated === true) }),
  };
}

function kindState(rows: readonly ProgressRow[]): StepProgress['state'] {
  if (rows.some((row) => row.state === 'failed')) return 'failed';
  if (rows.some((row) => row.state === 'canceled')) return 'canceled';
  if (rows.length > 0 && rows.every((row) => row.state === 'done')) return 'done';
  return rows.some((row) => row.started_at !== null) ? 'running' : 'waiting';
}

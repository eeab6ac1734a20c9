import { describe, expect, it } from 'vitest';
import { courseProgress, stepProgress, STEP_ORDER, type ProgressRow } from './progress.js';

const row = (kind: ProgressRow['kind'], overrides: Partial<ProgressRow> = {}): ProgressRow => ({
  kind, state: 'done', attempts: 1, started_at: new Date(1_000), finished_at: new Date(3_000), work_ms: 2_000, cost_micros: 0, provider: 'local', simulated: false, ...overrides,
});

describe('progress', () => {
  it('is 0 at first, 1 at the end, and counts lessons to come', () => {
    expect(courseProgress([], 0)).toBe(0);
    expect(courseProgress(STEP_ORDER.map((kind) => ({ kind, total: 2, done: 2 })), 2)).toBe(1);
    const one = courseProgress([{ kind: 'video', total: 1, done: 1 }], 4);
    const all = courseProgress([{ kind: 'video', total: 4, done: 4 }], 4);
    expect(one).toBeLessThan(all);
  });

  it('counts and shows steps of presenters where there are some, and calls them simulated when one of them was', () => {
    const all = STEP_ORDER.filter((kind) => kind !== 'presenter' && kind !== 'background').map((kind) => ({ kind, total: 1, done: 1 }));
    expect(courseProgress(all, 1)).toBe(1);
    expect(courseProgress([...all, { kind: 'presenter', total: 2, done: 1 }], 2)).toBeLessThan(1);
    expect(stepProgress([row('voice')], new Date(9_000)).map(({ kind }) => kind)).not.toContain('presenter');
    const rows = [row('presenter', { provider: 'd-id', simulated: true }), row('presenter', { provider: 'local' })];
    expect(stepProgress(rows, new Date(9_000)).find(({ kind }) => kind === 'presenter')).toMatchObject({ provider: 'd-id', simulated: true });
  });

  it('sums the work of a kind and takes the time from its first start to its last end', () => {
    const rows = [row('voice'), row('voice', { started_at: new Date(2_000), finished_at: new Date(5_000), work_ms: 3_000 })];
    const voice = stepProgress(rows, new Date(9_000)).find(({ kind }) => kind === 'voice');
    expect(voice).toEqual({ kind: 'voice', state: 'done', done: 2, total: 2, attempts: 2, elapsed_ms: 4_000, work_ms: 5_000, provider: 'local', simulated: false });
  });

  it.each([
    ['waiting', [row('voice', { state: 'ready', started_at: null, finished_at: null })]],
    ['running', [row('voice'), row('voice', { state: 'running', finished_at: null })]],
    ['failed', [row('voice'), row('voice', { state: 'failed' })]],
    ['waiting', []],
  ] as const)('calls a kind %s', (state, rows) => {
    expect(stepProgress(rows, new Date(9_000)).find(({ kind }) => kind === 'voice')?.state).toBe(state);
  });
});

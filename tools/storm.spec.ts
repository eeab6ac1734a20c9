import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Summary {
  acknowledged: number;
  good: number;
  copies: number;
  bad: number;
  effects: number;
  in_inbox: number;
  duplicates: number;
  refused: number;
  ack_ms: { p99: number };
}

const CALLS = 1_000;

async function storm(...flags: string[]): Promise<{ code: number; summary: Summary | undefined }> {
  const run = promisify(execFile)(process.execPath, ['--no-warnings', 'tools/storm.mjs', '--json', ...flags], { maxBuffer: 1 << 24 });
  const { stdout, code } = await run.then(({ stdout: text }) => ({ stdout: text, code: 0 }), (error: { stdout: string; code: number }) => error);
  const last = stdout.trim().split('\n').at(-1);
  return { code, summary: last ? (JSON.parse(last) as Summary) : undefined };
}

describe('a storm of calls, in small', () => {
  it('has an effect for each good one, once, and none for a forged or stale one', async () => {
    const { summary } = await storm('--calls', String(CALLS), '--parallel', '16');
    expect(summary).toMatchObject({ acknowledged: CALLS, good: 600, copies: 300, bad: 100, effects: 600, in_inbox: 600 });
    // The broker may deliver one again.
    expect(summary?.duplicates).toBeGreaterThanOrEqual(300);
    expect(summary?.refused).toBeGreaterThanOrEqual(100);
    expect(summary?.ack_ms.p99).toBeGreaterThan(0);
  }, 180_000);

  it('is told how many calls it may have', async () => {
    expect(await storm('--calls', 'many')).toEqual({ code: 2, summary: undefined });
  }, 60_000);
});

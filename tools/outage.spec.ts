import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

interface Summary {
  worst_success: number;
  worst_added_p99_ms: number;
  amplification: number;
  ok: boolean;
  rows: { fault: string; both_down_typed: boolean; one_probe_per_interval: boolean; opened: boolean }[];
}

const FAULTS = ['unauthorized', 'rate_limited_retry_after_seconds', 'unavailable', 'connection_reset', 'malformed_json'];

async function outage(...flags: string[]): Promise<{ code: number; summary: Summary | undefined }> {
  const run = promisify(execFile)(process.execPath, ['--no-warnings', 'tools/outage.mjs', '--json', ...flags], { maxBuffer: 1 << 24 });
  const { stdout, code } = await run.then(({ stdout: text }) => ({ stdout: text, code: 0 }), (error: { stdout: string; code: number }) => error);
  const last = stdout.trim().split('\n').at(-1);
  return { code, summary: last ? (JSON.parse(last) as Summary) : undefined };
}

describe('an outage of a vendor, in small', () => {
  it('costs no request while another vendor is well, and ends with a typed error while none is', async () => {
    const { summary } = await outage('--requests', '200', '--parallel', '8', '--faults', FAULTS.join());
    expect(summary?.rows.map(({ fault }) => fault)).toEqual(FAULTS);
    expect(summary?.worst_success).toBe(1);
    expect(summary?.amplification).toBeLessThanOrEqual(1.1);
    for (const row of summary?.rows ?? []) expect(row).toMatchObject({ opened: true, one_probe_per_interval: true, both_down_typed: true });
  }, 180_000);

  it('is told by name which faults there are', async () => {
    expect(await outage('--faults', 'meteor')).toEqual({ code: 2, summary: undefined });
  }, 60_000);
});

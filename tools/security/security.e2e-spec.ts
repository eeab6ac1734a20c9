import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Figures {
  check: string;
  passed: boolean;
  failures: number;
  [figure: string]: unknown;
}

/** Runs a check on what was built, in a smaller size, as its npm script does. */
function run(script: string, ...args: string[]): Promise<{ code: number | null; figures: Figures; complaints: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('tools', 'security', script), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
    let output = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.once('exit', (code) => resolve({ code, complaints, figures: JSON.parse(output.trim().split('\n').at(-1) || '{}') as Figures }));
  });
}

const LIMIT_MS = 150_000;

describe('security checks, in a smaller size', () => {
  it('no route opens to a credential that must not open it', async () => {
    const { code, complaints, figures } = await run('auth-matrix.mjs', '--reduced');
    expect([code, complaints]).toEqual([0, '']);
    expect(figures).toMatchObject({ deviations: 0, routes: figures['rows'], operations: figures['rows'] });
    expect(Number(figures['requests'])).toBeGreaterThan(1_000);
  }, LIMIT_MS);

  it('no request of our own document ends in a 5xx or in an answer that it does not describe', async () => {
    const { code, complaints, figures } = await run('fuzz-openapi.mjs', '--cases', '4', '--seed', '2', '--services', 'identity');
    expect([code, complaints]).toEqual([0, '']);
    expect(Number(figures['requests'])).toBeGreaterThan(500);
  }, LIMIT_MS);

  it('gateways restart under load, and no request fails', async () => {
    const { code, complaints, figures } = await run('rolling.mjs', '--restarts', '2', '--connections', '20');
    expect([code, complaints]).toEqual([0, '']);
    expect(figures).toMatchObject({ failed_requests: 0, restarts: 2 });
  }, LIMIT_MS);

  it('no configured secret is met anywhere', async () => {
    const { code, complaints, figures } = await run('secrets-canary.mjs', '--reduced');
    expect([code, complaints]).toEqual([0, '']);
    expect(figures).toMatchObject({ hits: 0 });
  }, LIMIT_MS);

  it('the client of other people’s addresses reaches nothing of ours', async () => {
    const { code, complaints, figures } = await run('ssrf.mjs', '--reduced');
    expect([code, complaints]).toEqual([0, '']);
    expect(figures).toMatchObject({ sentinel_connections: 0 });
  }, LIMIT_MS);

  it('sealed secrets open where they belong alone, and a master key changes while they are read', async () => {
    const { code, complaints, figures } = await run('crypto-vectors.mjs', '--secrets', '200');
    expect([code, complaints]).toEqual([0, '']);
    expect(figures).toMatchObject({ rewrapped: 200 });
  }, LIMIT_MS);
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '@tecnocursos/engines';
import { placeEmptyDatabase } from '@tecnocursos/testing';
import { ofThisProcess, PlatformProcess } from './testing/platform.harness.js';

describe('a machine that lacks a program', () => {
  let folder: string;
  let platform: PlatformProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tecnocursos-path-'));
    await symlink(requireProgram('nats-server'), join(folder, 'nats-server'));
    await symlink(requireProgram('ffmpeg'), join(folder, 'ffmpeg'));
    await symlink(requireProgram('ffprobe'), join(folder, 'ffprobe'));
    platform = await PlatformProcess.start({ PATH: folder });
  }, 60_000);
  afterAll(async () => {
    await platform?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('says at the start which, and how to install it', () => {
    expect(platform?.log).toContain('espeak-ng (the local voices) is not installed');
    expect(platform?.log).toContain('apt-get install espeak-ng');
  });

  it('says so in its health', async () => {
    const health = async (): Promise<string> => (await fetch(`${platform?.url}/api/integrations/health`)).text();
    let body = await health();
    // A probe has a second; on a busy machine the first ones may take longer.
    for (let tries = 0; tries < 20 && !body.includes('apt-get'); tries += 1) body = await health();
    expect(body).toContain('apt-get install espeak-ng');
  });

  it('fails a course with the reason', async () => {
    const api = platform?.api;
    const created = await api?.createText('Sem voz', 'A água é um recurso natural. A chuva é a queda da água das nuvens.');
    const course = await api?.finished(created?.id ?? '');
    expect(course).toMatchObject({ state: 'failed', error: { code: 'engine_missing', detail: expect.stringContaining('espeak-ng') } });
  }, 30_000);

  it('does not start without a broker, and says why', async () => {
    const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
    await placeEmptyDatabase(join(folder, 'data'));
    const result = spawnSync(process.execPath, [main], { encoding: 'utf8', timeout: 20_000, env: { ...ofThisProcess(), PATH: '/nowhere', DATA_DIR: join(folder, 'data'), PORT: '0' } });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('nats-server (the message bus) is not installed');
    expect(result.stderr).toContain('apt-get install nats-server');
  }, 30_000);
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createUpload, headObject, newId } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startNatsServer, type TestNatsServer } from '@tecnocursos/testing';

const TENANT = newId();
const MIB = 1024 * 1024;
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Most memory that a process ever had, in MiB; null where the system does not tell. */
function peakMemoryMib(pid: number): number | null {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
}

describe('storage as a process', () => {
  let nats: TestNatsServer;
  let directory: string;
  let bus: BusConnection;
  let rpc: RpcClient;
  let child: ChildProcess | undefined;

  const start = async (): Promise<ChildProcess> => {
    if (!existsSync(MAIN)) throw new Error('apps/storage is not built: run "npm run build"');
    const started = spawn(process.execPath, [MAIN], {
      env: { PATH: '/usr/bin', NODE_ENV: 'test', LOG_FORMAT: 'json', NATS_URL: nats.url, STORAGE_DIR: directory }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    for await (const line of started.stdout.iterator({ destroyOnReturn: false })) if (String(line).includes('service started')) break;
    started.stdout.resume();
    return started;
  };
  const uploadUrl = async (key: string): Promise<string> => (await rpc.call(createUpload, { key, content_type: 'video/mp4', max_bytes: 1024 * MIB }, { tenantId: TENANT })).url;

  beforeAll(async () => {
    nats = await startNatsServer();
    directory = await mkdtemp(join(tmpdir(), 'tc-storage-process-'));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  });
  afterEach(() => {
    child?.kill('SIGKILL');
  });
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('killed in the middle of an upload leaves no object, and its draft is cleared later', async () => {
    const first = await start();
    const request = httpRequest(await uploadUrl('killed.mp4'), { method: 'PUT', headers: { 'content-length': String(10 * MIB) } });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(MIB));
    const drafts = (): Promise<string[]> => readdir(join(directory, '.tmp'));
    while ((await drafts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    first.kill('SIGKILL');
    await once(first, 'exit');
    const [draft = ''] = await drafts();
    const longAgo = Date.now() / 1000 - 7_200;
    await utimes(join(directory, '.tmp', draft), longAgo, longAgo);
    await start();
    await expect(rpc.call(headObject, { key: 'killed.mp4' }, { tenantId: TENANT })).rejects.toMatchObject({ code: 'not_found' });
    expect(await drafts()).toEqual([]);
  });

  it('takes a large upload with memory that does not grow with it, and ends by itself on SIGTERM', async () => {
    const running = await start();
    const before = peakMemoryMib(running.pid ?? 0);
    const chunk = Buffer.alloc(MIB, 7);
    const body = Readable.from((function* () {
      for (let index = 0; index < 200; index += 1) yield chunk;
    })());
    const request = httpRequest(await uploadUrl('large.mp4'), { method: 'PUT' });
    body.pipe(request);
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(201);
    const after = peakMemoryMib(running.pid ?? 0);
    if (before !== null && after !== null) expect(after - before).toBeLessThan(100);
    running.kill('SIGTERM');
    expect(await once(running, 'exit')).toEqual([0, null]);
  });
});

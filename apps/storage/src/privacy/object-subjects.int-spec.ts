import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { BlobStore, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { service } from '../service.js';

describe('what the storage keeps about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let running: RunningService;
  let directory: string;

  const put = (tenantId: string, key: string, text: string) => runInContext(backgroundContext(tenantId, 'test'), () => new BlobStore(rpc).putBytes(key, Buffer.from(text), 'text/plain'));
  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: ['ana@escola.example'] }, scope });
  const everything = async (): Promise<string> => {
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return (await Promise.all(files.map(async (file) => `${join(file.parentPath, file.name)} ${await readFile(join(file.parentPath, file.name), 'utf8')}`))).join('\n');
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    directory = await mkdtemp(join(tmpdir(), 'tc-storage-'));
    running = await startService(service, createTestRuntime(nats.url, { STORAGE_DIR: directory, STORAGE_PORT: '0' }));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('exports and erases all of an organization that ends, with what is noted beside its files, and nothing of another', async () => {
    const [tenantId, other] = [newId(), newId()];
    for (let number = 0; number < 3; number += 1) await put(tenantId, `courses/zq${number}/work/document.json`, `zqana ${number}`);
    await put(tenantId, 'privacy/exports/zq.zip', 'zqana zip');
    await put(other, 'courses/zq/work/document.json', 'zqother');
    expect(await rpc.call(subjectExports.storage, about('subject'), { tenantId })).toEqual({ records: [], objects: [], next_cursor: null });
    const page = await rpc.call(subjectExports.storage, about('tenant'), { tenantId });
    expect(page.records).toHaveLength(4);
    expect(page.objects).toEqual([0, 1, 2].map((number) => `courses/zq${number}/work/document.json`));
    expect((await rpc.call(subjectErasures.storage, about('subject'), { tenantId })).erased).toEqual([]);
    expect(await everything()).toContain('zqana 2');
    expect((await rpc.call(subjectErasures.storage, about('tenant'), { tenantId })).erased).toEqual([{ category: 'object', count: 4 }]);
    const left = await everything();
    expect(left).not.toContain('zqana');
    expect(left).not.toContain(tenantId);
    expect(left).toContain('zqother');
    expect((await rpc.call(subjectErasures.storage, about('tenant'), { tenantId })).erased).toEqual([]);
  });
});

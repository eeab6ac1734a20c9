import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpeechBatch, getSpeechBatch, newId, subjectErasures, subjectExports, synthesizeSpeech, type SubjectScope } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { service as storage } from '@tecnocursos/storage';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service } from '../service.js';
import { TTS_SCHEMA, type TtsTables } from '../tts.tables.js';

const ANA = 'zqana@escola.example';

describe('what tts keeps about people', () => {
  let nats: TestNatsServer;
  let runtime: TestRuntime;
  let services: RunningService[] = [];
  let bus: BusConnection;
  let rpc: RpcClient;
  let folder: string;

  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: [ANA] }, scope });
  const as = <T>(tenantId: string, call: () => Promise<T>): Promise<T> => runInContext(backgroundContext(tenantId, newId()), call);
  const speakAll = async (tenantId: string, id: string, texts: readonly string[]): Promise<string[]> => {
    const items = texts.map((text, index) => ({ id: `${id}-${index}`, text, language: 'pt-BR' as const }));
    const { batch } = await as(tenantId, () => rpc.call(createSpeechBatch, { items }));
    for (let tries = 0; tries < 400; tries += 1) {
      const found = await as(tenantId, () => rpc.call(getSpeechBatch, { batch_id: batch.id }));
      if (found.batch.state === 'done') return found.items.map(({ result }) => result?.audio.key ?? '');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The batch did not end');
  };
  const filesOf = async (directory: string): Promise<string> => {
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return (await Promise.all(files.map(async (file) => `${join(file.parentPath, file.name)} ${await readFile(join(file.parentPath, file.name), 'latin1').catch(() => '')}`))).join('\n');
  };
  const everything = async (): Promise<string> => {
    const db = (await runtime.database()).schema<TtsTables>(TTS_SCHEMA);
    const tables = await Promise.all((['speech', 'batch', 'batch_item', 'cloned_voice', 'outbox'] as const).map((table) => db.selectFrom(table).selectAll().execute()));
    return [JSON.stringify(tables), await filesOf(nats.storeDir), await filesOf(join(folder, 'storage'))].join('\n');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tts-privacy-'));
    nats = await startNatsServer();
    runtime = createTestRuntime(nats.url, { STORAGE_DIR: join(folder, 'storage'), STORAGE_PORT: '0', USAGE_JOURNAL_DIR: join(folder, 'journal') });
    for (const definition of [storage, service]) services.push(await startService(definition, runtime));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    for (const running of services.toReversed()) await running.close();
    services = [];
    await runtime.close();
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('exports and erases batches that speak of a person, with their sound and what was announced of them', async () => {
    const [tenantId, other] = [newId(), newId()];
    const [hers = ''] = await speakAll(tenantId, 'zqhers', [`Escreva para ${ANA}.`]);
    const [kept = ''] = await speakAll(tenantId, 'zqkept', ['A luz.']);
    await speakAll(other, 'zqother', [`Escreva para ${ANA}.`]);
    const items = await rpc.call(subjectExports.tts, { ...about('subject'), cursor: 'speech-batch-item:' }, { tenantId });
    expect(items).toMatchObject({ records: [{ category: 'speech-batch-item', data: { reference: 'zqhers-0' } }], objects: [hers] });
    const { erased } = await as(tenantId, () => rpc.call(subjectErasures.tts, about('subject')));
    expect(erased).toEqual(expect.arrayContaining([{ category: 'speech-batch', count: 1 }, { category: 'speech', count: 1 }]));
    const left = await everything();
    expect(left).not.toContain('zqhers');
    expect(left).not.toContain(`${tenantId}/${hers}`);
    for (const text of ['zqkept', `${tenantId}/${kept}`, 'zqother']) expect(left).toContain(text);
    expect((await as(tenantId, () => rpc.call(subjectErasures.tts, about('subject')))).erased).toEqual([]);
    await as(tenantId, () => rpc.call(synthesizeSpeech, { text: 'Até logo.', language: 'pt-BR' }));
    await as(tenantId, () => rpc.call(subjectErasures.tts, about('tenant')));
    const end = await everything();
    expect(end).not.toContain('zqkept');
    expect(end).not.toContain(`${tenantId}/speech`);
    expect(end).toContain('zqother');
    expect((await as(tenantId, () => rpc.call(subjectErasures.tts, about('tenant')))).erased).toEqual([]);
  }, 60_000);

  it('stops what is under way, and nothing comes after', async () => {
    const tenantId = newId();
    const items = Array.from({ length: 12 }, (_unused, index) => ({ id: `zqlong-${index}`, text: `Frase ${index}. `.repeat(60), language: 'pt-BR' as const }));
    await as(tenantId, () => rpc.call(createSpeechBatch, { items }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await as(tenantId, () => rpc.call(subjectErasures.tts, about('tenant')));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const left = await everything();
    expect(left).not.toContain('zqlong');
    expect(left).not.toContain(`${tenantId}/speech`);
  }, 60_000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeContent, completeChat, improveText, listChatModels, moderateContent, providerTests, translateText } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, ensureStream, RpcClient, runInContext, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service } from './service.js';

const tenant = { tenantId: '00000000-0000-4000-8000-000000000001' };

describe('the ai service on the bus, with no vendor', () => {
  let nats: TestNatsServer;
  let connection: BusConnection;
  let runtime: TestRuntime;
  let running: RunningService;
  let rpc: RpcClient;
  let journal: string;

  beforeAll(async () => {
    nats = await startNatsServer();
    connection = await connectBus({ url: nats.url, name: 'test' });
    await ensureStream(connection, STREAMS.events);
    journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
    runtime = createTestRuntime(nats.url, { USAGE_JOURNAL_DIR: journal, AI_CHUNK_TOKENS: '800' });
    running = await startService(service, runtime);
    rpc = new RpcClient(connection);
  });

  afterAll(async () => {
    await running.close();
    rpc.close();
    await connection.close();
    await runtime.close();
    await nats.stop();
    await rm(journal, { recursive: true, force: true });
  });

  it('improves, analyses and moderates by rules', async () => {
    const { improved, served_by: servedBy } = await rpc.call(improveText, { text: 'A água  ferve a 100 graus .', language: 'pt-BR' }, tenant);
    expect(improved.text).toBe('A água ferve a 100 graus.');
    expect(servedBy).toMatchObject({ provider: 'local', simulated: false, cost: { amount_micros: 0 } });
    expect((await rpc.call(analyzeContent, { text: 'The water cycle moves water. The water cycle has no end.' }, tenant)).analysis.language).toBe('en');
    expect((await rpc.call(moderateContent, { inputs: ['Bom dia.', 'Você é um idiota'] }, tenant)).results.map(({ flagged }) => flagged)).toEqual([false, true]);
  });

  it('says by its code what nobody here can do', async () => {
    await expect(rpc.call(translateText, { text: 'Olá', target_language: 'en' }, tenant)).rejects.toMatchObject({ code: 'provider_unavailable' });
    await expect(rpc.call(completeChat, { model: 'standard', messages: [{ role: 'user', content: 'Olá' }] }, tenant)).rejects.toMatchObject({ code: 'provider_unavailable' });
    await expect(rpc.call(completeChat, { model: 'gpt-99', messages: [{ role: 'user', content: 'Olá' }] }, tenant)).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'model' }] });
    expect(await rpc.call(listChatModels, {}, tenant)).toEqual({ object: 'list', data: [] });
  });

  it('does the work of one idempotency key once, and refuses the key for other work', async () => {
    const improve = (text: string, key: string) =>
      runInContext({ ...backgroundContext(tenant.tenantId, 'request-1'), idempotencyKey: key }, () => rpc.call(improveText, { text, language: 'pt-BR' }));
    const first = await improve('A  luz.', 'key-1');
    expect(await improve('A  luz.', 'key-1')).toEqual(first);
    expect((await improve('A  luz.', 'key-2')).improved).toEqual(first.improved);
    await expect(improve('O  som.', 'key-1')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const long = Array.from({ length: 60 }, (_, part) => `Parágrafo ${part}.  ${'A luz viaja. '.repeat(10)}`).join('\n\n');
    expect((await improve(long, 'key-3')).improved.edits).toHaveLength(60);
  });

  it('tests its providers by real work', async () => {
    const { results } = await rpc.call(providerTests.ai, { provider: 'local' }, tenant);
    expect(results).toEqual([expect.objectContaining({ success: true, provider: 'local', mode: 'local', operation: 'improve-text' })]);
  });
});

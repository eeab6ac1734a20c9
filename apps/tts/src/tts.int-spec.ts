import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cancelSpeechBatch, cloneVoice, createSpeechBatch, deleteClonedVoice, getSpeechBatch, healthChecks, listClonedVoices, listSpeechBatches, listVoices, newId, previewVoice, providerLists, providerTests,
  speechBatchProgressed, subjectErasures, subjectExports, synthesizeSpeech, type RequestInput,
} from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { service as insights } from '@tecnocursos/insights';
import { BlobStore, startService, type RunningService } from '@tecnocursos/nest-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { service as storage } from '@tecnocursos/storage';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service } from './service.js';

let nats: TestNatsServer;
let sandbox: RunningSandbox;
let runtime: TestRuntime;
let services: RunningService[];
let connection: BusConnection;
let client: RpcClient;
let blobs: BlobStore;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tts-int-spec-'));
  sandbox = await startSandbox({ seed: 7 });
  nats = await startNatsServer();
  runtime = createTestRuntime(nats.url, {
    STORAGE_DIR: join(folder, 'storage'), STORAGE_PORT: '0', SANDBOX_URL: sandbox.url, USAGE_JOURNAL_DIR: join(folder, 'journal'),
    // Real to the service, so that they go before the engine of this machine.
    ELEVENLABS_API_KEY: 'sk_0123456789abcdef0123456789abcdef', ELEVENLABS_BASE_URL: `${sandbox.url}/elevenlabs`, ELEVENLABS_MAX_RETRIES: '0',
    AZURE_SPEECH_KEY: '0123456789abcdef0123456789abcdef', AZURE_SPEECH_BASE_URL: `${sandbox.url}/azure-speech`,
  });
  services = [];
  for (const definition of [storage, insights, service]) services.push(await startService(definition, runtime)); // budgets are asked of the ledger before money is spent
  connection = await connectBus({ url: nats.url, name: 'tts-int-spec' });
  client = new RpcClient(connection);
  blobs = new BlobStore(client);
}, 60_000);

afterAll(async () => {
  client.close();
  await connection.close();
  for (const running of services.toReversed()) await running.close();
  await runtime.close();
  await nats.stop();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

beforeEach(() => {
  sandbox.configure({ reset: true });
  sandbox.clear();
});

const asTenant = <T>(call: () => Promise<T>, tenantId = newId()): Promise<T> => runInContext(backgroundContext(tenantId, newId()), call);
const synthesize = (request: Partial<RequestInput<typeof synthesizeSpeech>>) => client.call(synthesizeSpeech, { language: 'pt-BR', text: 'A planta usa a luz.', ...request });
const vendorCalls = (): number => sandbox.history({ limit: 100 }).calls.filter(({ method }) => method === 'POST').length;

async function probe(key: string): Promise<{ codec: string; rate: number; durationMs: number }> {
  const path = join(folder, newId());
  await writeFile(path, await blobs.getBytes(key));
  const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', path]);
  const { streams, format } = JSON.parse(stdout.toString()) as { streams: { codec_name: string; sample_rate: string }[]; format: { duration: string } };
  return { codec: streams[0]?.codec_name ?? '', rate: Number(streams[0]?.sample_rate), durationMs: Number(format.duration) * 1_000 };
}

describe('speech over the bus', () => {
  it('keeps codes and fields of refusals on the wire', async () => {
    await expect(asTenant(() => synthesize({ language: 'en', voice: 'francisca' }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice' }] });
    await expect(asTenant(() => client.call(synthesizeSpeech, { language: 'en', ssml: '<speak>a' }))).rejects.toMatchObject({ code: 'ssml_invalid', issues: [{ field: 'ssml' }] });
    await expect(asTenant(() => client.call(synthesizeSpeech, { language: 'en' }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'text' }] });
    await expect(asTenant(() => synthesize({ format: 'ogg', sample_rate: 44_100 }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'sample_rate' }] });
    await expect(asTenant(() => synthesize({ routing: { model: 'eleven_v3' } }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'routing.provider' }] });
    await expect(asTenant(() => synthesize({ voice: newId() }))).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['wav', undefined, 'audio/wav', 'pcm_s16le', 24_000], ['wav', 8_000, 'audio/wav', 'pcm_s16le', 8_000], ['mp3', 44_100, 'audio/mpeg', 'mp3', 44_100], ['ogg', undefined, 'audio/ogg', 'opus', 48_000],
  ] as const)('stores %s at %s Hz', async (format, rate, contentType, codec, sampleRate) => {
    await asTenant(async () => {
      const reply = await synthesize({ format, ...(rate !== undefined && { sample_rate: rate }) });
      expect(reply).toMatchObject({ audio: { content_type: contentType }, voice: 'francisca', timing: 'measured', served_by: { provider: 'elevenlabs', simulated: false, cache: 'miss', model: 'eleven_multilingual_v2' } });
      expect(reply.served_by.cost.amount_micros).toBeGreaterThan(0);
      const found = await probe(reply.audio.key);
      expect(found).toMatchObject({ codec, rate: sampleRate });
      expect(Math.abs(found.durationMs - reply.duration_ms)).toBeLessThan(reply.duration_ms * 0.03 + 60);
    });
  });

  it('makes raw samples of the length told', async () => {
    await asTenant(async () => {
      const reply = await synthesize({ format: 'pcm', sample_rate: 16_000 });
      expect(Math.abs(reply.audio.size / 32 - reply.duration_ms)).toBeLessThan(5);
    });
  });

  it('makes the same speech of a tenant once, wherever it is to be stored', async () => {
    const tenant = newId();
    const first = await asTenant(() => synthesize({ output_key: 'courses/a/one.wav' }), tenant);
    const calls = vendorCalls();
    const second = await asTenant(() => synthesize({ output_key: 'courses/b/one.wav' }), tenant);
    const third = await asTenant(() => synthesize({}), tenant);
    expect(vendorCalls()).toBe(calls);
    expect(second).toMatchObject({ audio: { key: 'courses/b/one.wav', sha256: first.audio.sha256 }, words: first.words, served_by: { cache: 'hit', attempts: 0, cost: { amount_micros: 0 }, provider: 'elevenlabs', simulated: false } });
    expect(third.audio.key).toMatch(/^speech\//);
    await asTenant(() => synthesize({ text: 'A planta usa a água.' }), tenant);
    expect(vendorCalls()).toBe(calls + 1);
    await asTenant(() => synthesize({}));
    expect(vendorCalls()).toBe(calls + 2);
    await asTenant(() => synthesize({ routing: { cache: 'off' } }), tenant);
    expect(vendorCalls()).toBe(calls + 3);
  });

  it('asks the next vendor when one is out, and says so', async () => {
    const tenant = newId();
    sandbox.configure({ vendor: 'elevenlabs', faults: [{ fault: 'unavailable', probability: 1 }] });
    const reply = await asTenant(() => synthesize({ text: 'O sol brilha.' }), tenant);
    expect(reply.served_by).toMatchObject({ provider: 'azure-speech', fallback_from: 'elevenlabs', simulated: false });
    expect(reply.timing).toBe('estimated');
    const only = await asTenant(() => synthesize({ text: 'O sol brilha.', routing: { providers: ['local'] } }), tenant);
    expect(only.served_by).toMatchObject({ provider: 'local', simulated: false });
    await expect(asTenant(() => synthesize({ text: 'O sol nasce.', routing: { provider: 'elevenlabs', allow_fallback: false } }), tenant)).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('tells of its providers, tests each of them, and its engine', async () => {
    const { providers } = await client.call(providerLists.tts, {});
    expect(providers.map(({ id, mode }) => [id, mode])).toEqual([['elevenlabs', 'live'], ['azure-speech', 'live'], ['aws-polly', 'sandbox'], ['bark', 'sandbox'], ['gtts', 'sandbox'], ['local', 'local']]);
    const { results } = await asTenant(() => client.call(providerTests.tts, {}));
    expect(results.filter(({ success }) => !success)).toEqual([]);
    const engine = async () => (await client.call(healthChecks.tts, {})).dependencies.find(({ name }) => name === 'local-speech');
    for (let round = 0; round < 10 && (await engine())?.status !== 'up'; round += 1); // a busy machine takes more than the second that a probe has
    expect(await engine()).toMatchObject({ status: 'up', mode: 'local' });
  }, 30_000);
});

describe('voices over the bus', () => {
  it('lists them, with filters', async () => {
    const { voices } = await client.call(listVoices, { language: 'pt-BR', gender: 'female', style: 'lessons' });
    expect(voices.map(({ id }) => id)).toEqual(['francisca']);
    expect((await client.call(listVoices, { language: 'pt-BR' })).voices.length).toBeGreaterThanOrEqual(10);
    expect((await client.call(listVoices, { language: 'en' })).voices.length).toBeGreaterThanOrEqual(4);
    expect((await client.call(listVoices, { premium: 'true' })).voices.every(({ premium }) => premium)).toBe(true);
  });

  it('previews one, and makes the preview once', async () => {
    const tenant = newId();
    const preview = await asTenant(() => client.call(previewVoice, { voice: 'thalita' }), tenant);
    expect(preview.text).toContain('Thalita');
    const calls = vendorCalls();
    const again = await asTenant(() => client.call(previewVoice, { voice: 'thalita' }), tenant);
    expect([vendorCalls(), again.audio.sha256, again.served_by.cache]).toEqual([calls, preview.audio.sha256, 'hit']);
    await expect(asTenant(() => client.call(previewVoice, { voice: 'ninguem' }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice' }] });
  });

  const consent = { given_by: 'Ana Maria de Souza', given_at: '2026-11-01T12:00:00.000Z', statement: 'Autorizo a TecnoCursos a criar uma cópia da minha voz para as aulas desta escola.' };
  async function record(key: string, seconds: number, source = 'sine=frequency=220'): Promise<string> {
    const path = join(folder, `${newId()}.wav`);
    await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', source, '-t', String(seconds), '-ar', '16000', path]);
    await blobs.putBytes(key, await readFile(path), 'audio/wav');
    return key;
  }

  it('clones one with consent, speaks with it, keeps it from others, and deletes it at the vendor', async () => {
    const tenant = newId();
    const { voice } = await asTenant(async () => {
      const keys = [await record('voices/one.wav', 20), await record('voices/two.wav', 15)];
      return client.call(cloneVoice, { name: 'Professora Ana', language: 'pt-BR', sample_keys: keys, consent });
    }, tenant);
    expect(voice).toMatchObject({ provider: 'elevenlabs', simulated: false, consent, samples: [{ key: 'voices/one.wav', duration_ms: 20_000 }, { key: 'voices/two.wav', duration_ms: 15_000 }] });
    expect(Object.keys(voice)).not.toContain('vendorVoiceId');
    const spoken = await asTenant(() => synthesize({ voice: voice.id }), tenant);
    expect(spoken).toMatchObject({ voice: voice.id, served_by: { provider: 'elevenlabs' } });
    await expect(asTenant(() => synthesize({ voice: voice.id, language: 'en', text: 'Hi.' }), tenant)).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice' }] });
    await expect(asTenant(() => synthesize({ voice: voice.id }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(asTenant(() => client.call(deleteClonedVoice, { voice_id: voice.id }))).rejects.toMatchObject({ code: 'not_found' });
    expect((await asTenant(() => client.call(listClonedVoices, {}))).voices).toEqual([]);
    expect((await asTenant(() => client.call(listClonedVoices, {}), tenant)).voices.map(({ id }) => id)).toEqual([voice.id]);
    await asTenant(() => client.call(deleteClonedVoice, { voice_id: voice.id }), tenant);
    expect((await asTenant(() => client.call(listClonedVoices, {}), tenant)).voices).toEqual([]);
    expect(sandbox.history({ vendor: 'elevenlabs', limit: 50 }).calls.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['voices.add', 'voices.delete']));
  }, 30_000);

  it('loses everything of a tenant that ends, at the vendor too, and nothing of another', async () => {
    const [tenant, other] = [newId(), newId()];
    const subject = { account_id: null, emails: ['ana@example.com'] };
    const make = async (): Promise<void> => {
      await client.call(cloneVoice, { name: 'Ana', language: 'pt-BR', sample_keys: [await record('voices/one.wav', 35)], consent });
      await synthesize({});
    };
    await asTenant(make, tenant);
    await asTenant(make, other);
    const erase = (scope: 'subject' | 'tenant') => asTenant(() => client.call(subjectErasures.tts, { job_id: newId(), subject, scope }), tenant);
    expect(await asTenant(() => client.call(subjectExports.tts, { job_id: newId(), subject }), tenant)).toMatchObject({ records: [] });
    expect((await erase('subject')).erased).toEqual([]);
    expect((await erase('tenant')).erased).toEqual([{ category: 'cloned-voice', count: 1 }, { category: 'speech', count: 1 }]);
    expect((await erase('tenant')).erased).toEqual([]);
    expect(sandbox.history({ vendor: 'elevenlabs', limit: 50 }).calls.filter(({ operation }) => operation === 'voices.delete')).toHaveLength(1);
    expect((await asTenant(() => client.call(listClonedVoices, {}), other)).voices).toHaveLength(1);
    expect((await asTenant(() => synthesize({}), other)).served_by.cache).toBe('hit');
  }, 30_000);

  it('refuses what no voice can be made of', async () => {
    await asTenant(async () => {
      const clone = (key: string, more: object = {}) => client.call(cloneVoice, { name: 'Ana', language: 'pt-BR', sample_keys: [key], consent, ...more });
      await expect(clone(await record('voices/short.wav', 4))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'sample_keys.0' }] });
      await expect(clone(await record('voices/few.wav', 12))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'sample_keys' }] });
      await expect(clone(await record('voices/silent.wav', 40, 'anullsrc'))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'sample_keys.0', message: expect.stringContaining('silent') }] });
      await blobs.putBytes('voices/text.wav', Buffer.from('no audio at all'), 'audio/wav');
      await expect(clone('voices/text.wav')).rejects.toMatchObject({ code: 'unsupported_media_type' });
      await expect(clone('voices/none.wav')).rejects.toMatchObject({ code: 'not_found' });
      await expect(clone('voices/short.wav', { consent: { ...consent, given_at: '2090-01-01T00:00:00.000Z' } })).rejects.toMatchObject({ issues: [{ field: 'consent.given_at' }] });
      await expect(clone('voices/short.wav', { consent: { ...consent, statement: 'sim' } })).rejects.toMatchObject({ issues: [{ field: 'consent.statement' }] });
    });
    expect(sandbox.history({ vendor: 'elevenlabs', limit: 50 }).calls.filter(({ operation }) => operation === 'voices.add')).toEqual([]);
  }, 30_000);
});

describe('batches over the bus', () => {
  const items = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `slide-${index + 1}`, language: 'pt-BR' as const, text: `Este é o slide ${index + 1}.` }));

  async function ended(batchId: string, tenant: string) {
    for (let round = 0; round < 300; round += 1) {
      const found = await asTenant(() => client.call(getSpeechBatch, { batch_id: batchId }), tenant);
      if (found.batch.state !== 'running') return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The batch did not end.');
  }

  it('speaks every item once, tells of the progress, and is made once for a key', async () => {
    const tenant = newId();
    const events: { done: number }[] = [];
    const subscription = connection.subscribe(speechBatchProgressed.subject, { callback: (_error, message) => void events.push(message.json<{ batch: { done: number } }>().batch) });
    const create = () => asTenant(() => client.call(createSpeechBatch, { idempotency_key: 'k1', items: items(6) }), tenant);
    const [{ batch, replayed }, second] = [await create(), await create()];
    expect([replayed, second.replayed, second.batch.id]).toEqual([false, true, batch.id]);
    await expect(asTenant(() => client.call(createSpeechBatch, { idempotency_key: 'k1', items: items(2) }), tenant)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const found = await ended(batch.id, tenant);
    expect(found.batch).toMatchObject({ state: 'done', total: 6, done: 6, failed: 0, progress: 1 });
    expect(found.batch.cost.amount_micros).toBe(found.items.reduce((sum, { result }) => sum + (result?.served_by.cost.amount_micros ?? 0), 0));
    expect(found.items.map(({ id, state, attempts }) => [id, state, attempts])).toEqual(items(6).map(({ id }) => [id, 'done', 1]));
    expect(vendorCalls()).toBe(6);
    const audio = await asTenant(() => probe(found.items[0]?.result?.audio.key ?? ''), tenant);
    expect(audio.durationMs).toBeGreaterThan(500);
    for (let round = 0; round < 60 && !events.some(({ done }) => done === 6); round += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    subscription.unsubscribe();
    expect((await asTenant(() => client.call(listSpeechBatches, {}), tenant)).batches.map(({ id }) => id)).toEqual([batch.id]);
    await expect(asTenant(() => client.call(getSpeechBatch, { batch_id: batch.id }))).rejects.toMatchObject({ code: 'not_found' });
  }, 30_000);

  it('says which item cannot be spoken, before anything is', async () => {
    const bad = [...items(1), { id: 'x', language: 'pt-BR' as const, text: 'oi', voice: 'ninguem' }];
    await expect(asTenant(() => client.call(createSpeechBatch, { items: bad }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'items.1.voice' }] });
    expect(vendorCalls()).toBe(0);
  });

  it('ends with what failed for good', async () => {
    const tenant = newId();
    const order = [...items(1), { ...items(2)[1], id: 'nobody', language: 'pt-BR' as const, text: 'Sem voz.', routing: { provider: 'elevenlabs', model: 'no-such-model' } }];
    const { batch } = await asTenant(() => client.call(createSpeechBatch, { items: order }), tenant);
    const found = await ended(batch.id, tenant);
    expect(found.batch).toMatchObject({ state: 'failed', done: 1, failed: 1, progress: 1 });
    expect(found.items[1]).toMatchObject({ state: 'failed', result: null, error: { code: 'invalid_request' } });
  }, 30_000);

  it('stops when it is canceled', async () => {
    const tenant = newId();
    sandbox.configure({ vendor: 'elevenlabs', faults: [{ fault: 'latency', probability: 1, latency_ms: 20_000 }] });
    const { batch } = await asTenant(() => client.call(createSpeechBatch, { items: items(8) }), tenant);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const canceled = await asTenant(() => client.call(cancelSpeechBatch, { batch_id: batch.id }), tenant);
    expect(canceled.batch.state).toBe('canceled');
    const { items: after } = await asTenant(() => client.call(getSpeechBatch, { batch_id: batch.id }), tenant);
    expect(after.every(({ state }) => state === 'canceled')).toBe(true);
    await expect(asTenant(() => client.call(cancelSpeechBatch, { batch_id: batch.id }), tenant)).rejects.toMatchObject({ code: 'conflict' });
  }, 30_000);
});

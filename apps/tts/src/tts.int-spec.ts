import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { healthChecks, listVoices, newId, synthesizeSpeech } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service } from './service.js';

let nats: TestNatsServer;
let runtime: TestRuntime;
let tts: RunningService;
let connection: BusConnection;
let client: RpcClient;

beforeAll(async () => {
  nats = await startNatsServer();
  runtime = createTestRuntime(nats.url);
  tts = await startService(service, runtime);
  connection = await connectBus({ url: nats.url, name: 'tts-int-spec' });
  client = new RpcClient(connection);
}, 30_000);

afterAll(async () => {
  client.close();
  await connection.close();
  await tts.close();
  await runtime.close();
  await nats.stop();
}, 30_000);

const asTenant = <T>(call: () => Promise<T>): Promise<T> => runInContext(backgroundContext(newId(), newId()), call);

describe('tts over the bus', () => {
  it('lists voices', async () => {
    const { voices } = await client.call(listVoices, { language: 'pt-BR', gender: 'female' });
    expect(voices.map((voice) => voice.id)).toContain('francisca');
    expect(voices.every((voice) => voice.language === 'pt-BR' && voice.gender === 'female')).toBe(true);
  });

  it('keeps codes and fields of refusals on the wire', async () => {
    const synthesize = (request: { text?: string; ssml?: string; voice?: string }) => asTenant(() => client.call(synthesizeSpeech, { language: 'en', output_key: 'a/b', ...request }));
    await expect(synthesize({ text: 'hi', voice: 'francisca' })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice' }] });
    await expect(synthesize({ ssml: '<speak>a' })).rejects.toMatchObject({ code: 'ssml_invalid', issues: [{ field: 'ssml' }] });
    await expect(synthesize({})).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'text' }] });
  });

  it('speaks, and says so when there is no storage to keep the audio', async () => {
    await expect(asTenant(() => client.call(synthesizeSpeech, { language: 'en', output_key: 'a/b', text: 'Good morning.' }))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('reports the health of its engine', async () => {
    const health = await client.call(healthChecks.tts, {});
    expect(health.dependencies).toContainEqual(expect.objectContaining({ name: 'local-speech', status: 'up' }));
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AppError, cloneVoice, createDownloads, createSpeechBatch, createUpload, deleteClonedVoice, deleteObjects, getSpeechBatch, previewVoice, servedLocally, synthesizeSpeech, type ClonedVoice, type ReplyInput,
} from '@tecnocursos/contracts';
import { GatewayHarness, TENANT } from '../gateway.harness.js';

const ID = '0190a000-0000-7000-8000-00000000c0de';
const AT = '2026-11-25T12:00:00.000Z';
const CONSENT = { given_by: 'Ana Souza', given_at: AT, statement: 'Autorizo o uso da minha voz nas aulas desta escola, até que eu revogue.' };
const SPEECH: ReplyInput<typeof synthesizeSpeech> = {
  audio: { key: 'speech/a.mp3', content_type: 'audio/mpeg', size: 10, sha256: 'a'.repeat(64) }, duration_ms: 900, words: [{ text: 'Olá', start_ms: 0, end_ms: 900, sentence: 0 }],
  timing: 'measured', voice: 'francisca', warnings: [], served_by: { ...servedLocally('elevenlabs'), simulated: true },
};
const VOICE: ClonedVoice = {
  id: ID, name: 'Ana', language: 'pt-BR', description: null, provider: 'elevenlabs', simulated: true, samples: [], consent: CONSENT, created_at: AT,
};
const BATCH = { id: ID, state: 'running' as const, total: 2, done: 1, failed: 0, progress: 0.5, cost: { amount_micros: 0, currency: 'USD' as const }, created_at: AT, updated_at: AT };

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

beforeEach(() => {
  harness.services.calls.length = 0;
  harness.services
    .on(createDownloads, ({ keys }) => ({ urls: keys.map((key) => `https://files.example/${key}`), expires_at: AT }))
    .on(createUpload, ({ key }) => ({ url: `${harness.storage.url}/files/${key}`, method: 'PUT' as const, expires_at: AT }))
    .on(deleteObjects, ({ keys }) => ({ deleted: keys.length }))
    .on(synthesizeSpeech, () => SPEECH)
    .on(cloneVoice, () => ({ voice: VOICE, served_by: servedLocally('elevenlabs') }));
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  harness.fetch(`/api/integrations/tts/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const deletedKeys = (): string[] => harness.services.callsOf(deleteObjects).flatMap(({ request }) => (request as { keys: string[] }).keys);

describe('speech', () => {
  it('is answered with a link to its audio, for browsers, and with who spoke', async () => {
    const response = await post('synthesize', { text: 'Olá', language: 'pt-BR', voice: 'francisca', format: 'mp3' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-tc-provider')).toBe('elevenlabs');
    expect(await response.json()).toEqual({ ...SPEECH, url: 'https://files.example/speech/a.mp3', expires_at: AT });
    expect(harness.services.callsOf(synthesizeSpeech)).toMatchObject([{ tenantId: TENANT, request: { text: 'Olá', voice: 'francisca', format: 'mp3', rate: 1 } }]);
    expect(harness.services.callsOf(createDownloads)).toMatchObject([{ request: { audience: 'public' } }]);
  });

  it.each([['output_key', { output_key: 'courses/x/public/index.html' }, 'output_key'], ['language', { language: 'fr' }, 'language'], ['rate', { rate: 9 }, 'rate']])(
    'is refused when %s is wrong: nobody writes over an object of a course', async (_name, fields, field) => {
      const response = await post('synthesize', { text: 'Olá', language: 'pt-BR', ...fields });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
      expect(harness.services.calls).toEqual([]);
    });

  it('that is neither text nor SSML is refused by the service, and the field is named', async () => {
    const response = await post('synthesize', { language: 'pt-BR' });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ field: 'text' }] }]);
  });

  it('has a preview of each voice, at a provider that may be chosen', async () => {
    harness.services.on(previewVoice, ({ voice }) => ({
      voice, text: 'Olá!', audio: SPEECH.audio, duration_ms: 900, url: 'https://files.example/p.mp3', expires_at: AT, served_by: servedLocally('local'),
    }));
    const response = await harness.fetch('/api/integrations/tts/voices/francisca/preview?provider=local');
    expect([response.status, await response.json()]).toMatchObject([200, { voice: 'francisca', url: 'https://files.example/p.mp3' }]);
    expect(harness.services.callsOf(previewVoice)).toMatchObject([{ request: { voice: 'francisca', routing: { provider: 'local' } } }]);
  });
});

describe('a batch', () => {
  it('is accepted with its place, and a repeated request is told of', async () => {
    let replayed = false;
    harness.services.on(createSpeechBatch, () => ({ batch: BATCH, replayed }));
    const items = [{ id: 'a', text: 'Um', language: 'pt-BR' }, { id: 'b', text: 'Dois', language: 'pt-BR' }];
    const first = await post('synthesize/batch', { items }, { 'idempotency-key': 'k1' });
    expect([first.status, first.headers.get('location'), first.headers.get('idempotency-replayed')]).toEqual([202, `/api/integrations/tts/batches/${ID}`, null]);
    replayed = true;
    expect((await post('synthesize/batch', { items }, { 'idempotency-key': 'k1' })).headers.get('idempotency-replayed')).toBe('true');
    expect(harness.services.callsOf(createSpeechBatch)).toMatchObject([{ request: { idempotency_key: 'k1', items: [{ id: 'a' }, { id: 'b' }] } }, {}]);
  });

  it('shows links to what is spoken', async () => {
    harness.services.on(getSpeechBatch, () => ({
      batch: BATCH,
      items: [{ id: 'a', state: 'done' as const, attempts: 1, result: SPEECH, error: null }, { id: 'b', state: 'running' as const, attempts: 1, result: null, error: null }],
    }));
    const response = await harness.fetch(`/api/integrations/tts/batches/${ID}`);
    expect(await response.json()).toMatchObject({ items: [{ url: 'https://files.example/speech/a.mp3' }, { url: null }], links_expire_at: AT });
  });
});

describe('a cloned voice', () => {
  const form = (files: number, fields: Record<string, string>, type = 'audio/wav'): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    for (let number = 1; number <= files; number++) data.append('file', new Blob(['RIFF'], { type }), `sample-${number}.wav`);
    return data;
  };
  const send = (body: FormData): Promise<Response> => harness.fetch('/api/integrations/tts/voices/clone', { method: 'POST', body });
  const fields = { name: 'Ana', language: 'pt-BR', consent: JSON.stringify(CONSENT), remove_background_noise: 'true' };

  it('is made of uploaded recordings, which stay', async () => {
    expect((await send(form(3, fields))).status).toBe(200);
    const [call] = harness.services.callsOf(cloneVoice);
    expect(call).toMatchObject({ tenantId: TENANT, request: { name: 'Ana', remove_background_noise: true, consent: CONSENT } });
    expect((call?.request as { sample_keys: string[] }).sample_keys).toHaveLength(3);
    expect(deletedKeys()).toEqual([]);
  });

  it('is made of stored recordings', async () => {
    const response = await post('voices/clone', { name: 'Ana', language: 'pt-BR', sample_keys: ['samples/a.wav'], consent: CONSENT });
    expect([response.status, await response.json()]).toMatchObject([200, { voice: { id: ID } }]);
  });

  it('that cannot be made leaves no recordings behind', async () => {
    harness.services.on(cloneVoice, () => {
      throw new AppError('invalid_request', 'samples: too short', { issues: [{ field: 'sample_keys', message: 'Send 30 s in all.' }] });
    });
    expect((await send(form(2, fields))).status).toBe(400);
    expect(deletedKeys()).toHaveLength(2);
  });

  it.each<[string, FormData, number, string]>([
    ['without consent', form(1, { name: 'Ana', language: 'pt-BR' }), 400, 'consent'],
    ['with a consent that is no JSON', form(1, { ...fields, consent: 'yes' }), 400, 'consent'],
    ['with six files', form(6, fields), 400, 'file'],
    ['with a picture', form(1, fields, 'image/png'), 415, 'file'],
  ])('%s is refused', async (_name, body, status, field) => {
    const response = await send(body);
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ field }] }]);
    expect(harness.services.callsOf(cloneVoice)).toEqual([]);
  });

  it('is deleted', async () => {
    harness.services.on(deleteClonedVoice, () => ({ deleted: true as const }));
    expect((await harness.fetch(`/api/integrations/tts/voices/cloned/${ID}`, { method: 'DELETE' })).status).toBe(204);
    expect((await harness.fetch('/api/integrations/tts/voices/cloned/x', { method: 'DELETE' })).status).toBe(400);
  });
});

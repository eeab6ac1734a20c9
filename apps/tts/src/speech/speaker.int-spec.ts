import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, parseOrThrow, synthesizeSpeech, type RequestInput, type UsageRecord } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { createProviderSet } from '@tecnocursos/integration-kit';
import { backgroundContext } from '@tecnocursos/messaging';
import { createVendorHttp, ProviderChain, ResponseCache, UNLIMITED, type VendorHttp } from '@tecnocursos/provider-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { chooseVoice } from '../house-voices.js';
import type { SpeechSynthesizer } from '../ports/speech-synthesizer.port.js';
import { TTS_PROVIDERS } from '../providers/index.js';
import type { VoiceChoices } from '../voices/voice-choice.service.js';
import { Speaker } from './speaker.service.js';
import { scriptOf } from './speech-request.js';
import { SpeechStreams } from './speech-stream.service.js';

let sandbox: RunningSandbox;
let http: VendorHttp;
let chain: ProviderChain<SpeechSynthesizer>;
const records: UsageRecord[] = [];
const voices = { choose: async (_tenant: string, language: 'pt-BR' | 'en', id?: string) => ({ voice: { kind: 'house', voice: chooseVoice(language, id) }, route: {} }) } as unknown as VoiceChoices;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 11 });
  http = createVendorHttp();
  const environment = { ELEVENLABS_API_KEY: 'sk_0123456789abcdef0123456789abcdef', ELEVENLABS_BASE_URL: `${sandbox.url}/elevenlabs`, ELEVENLABS_CONCURRENCY: '5', ELEVENLABS_MAX_RETRIES: '1' };
  const { handles } = createProviderSet({ definitions: TTS_PROVIDERS, environment, sandbox: { url: sandbox.url, production: false }, runtime: { fetch: http.fetch, now: Date.now } });
  chain = new ProviderChain({ domain: 'tts', handles, policy: 'priority', budgets: UNLIMITED, ledger: { record: (record) => void records.push(record) }, cache: new ResponseCache() });
});
beforeEach(() => {
  sandbox.configure({ reset: true });
  sandbox.clear();
  records.length = 0;
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});

const context = () => ({ ...backgroundContext(newId(), newId()), deadline: Date.now() + 60_000 });
const request = (more: Partial<RequestInput<typeof synthesizeSpeech>>) => parseOrThrow(synthesizeSpeech.request, { language: 'pt-BR', text: 'A planta usa a luz.', ...more });
const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('tecnocursos-tts-'));

describe('speech through the chain', () => {
  it('keeps the concurrency of the vendor exactly', async () => {
    const speaker = new Speaker(chain);
    const spoken = await Promise.all(Array.from({ length: 40 }, (_, index) => {
      const order = request({ text: `Este é o slide ${index}.` });
      return speaker.say(order, { script: scriptOf(order), language: 'pt-BR', voice: { kind: 'house', voice: chooseVoice('pt-BR', undefined) } }, {}, context(), async ({ provider, attempts, value }) => [provider, attempts, value.usage.characters]);
    }));
    expect(new Set(spoken.map(String)).size).toBeLessThanOrEqual(2); // one-digit and two-digit slides
    expect(spoken.every(([provider, attempts]) => provider === 'elevenlabs' && attempts === 1)).toBe(true);
    expect(sandbox.history({ limit: 100 }).calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(records).toHaveLength(40);
    expect(records.every(({ outcome, cost_micros: cost, usage }) => outcome === 'ok' && cost > 0 && (usage.characters ?? 0) > 0)).toBe(true);
  }, 30_000);

  it('leaves nothing behind, whether it ends well or not', async () => {
    const speaker = new Speaker(chain);
    const before = left();
    const order = request({ routing: { provider: 'elevenlabs', model: 'none-such' } });
    const understood = { script: scriptOf(order), language: 'pt-BR' as const, voice: { kind: 'house' as const, voice: chooseVoice('pt-BR', undefined) } };
    await expect(speaker.say(order, understood, {}, context(), async () => undefined)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(speaker.say(request({}), understood, {}, context(), async () => Promise.reject(new Error('no storage')))).rejects.toThrow('no storage');
    expect(left().filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe('streams', () => {
  it.each(['elevenlabs', 'azure-speech', 'aws-polly', 'local'])('are MP3 that is heard while %s speaks', async (provider) => {
    const stream = await new SpeechStreams(chain, voices).stream(request({ routing: { providers: [provider] } }), context());
    const parts: Buffer[] = [];
    for await (const part of stream.audio) parts.push(part);
    expect(stream).toMatchObject({ provider, contentType: 'audio/mpeg' });
    const { stdout } = await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'mp3', '-i', 'pipe:0', '-ac', '1', '-ar', '16000', '-f', 's16le', 'pipe:1'], { input: Buffer.concat(parts) });
    expect(stdout.length / 32).toBeGreaterThan(800);
    expect(stream.costMicros() > 0).toBe(provider !== 'local');
  });

  it('pass to the next vendor as long as nothing was heard, and refuse long texts', async () => {
    sandbox.configure({ vendor: 'elevenlabs', faults: [{ fault: 'unavailable', probability: 1 }] });
    const streams = new SpeechStreams(chain, voices);
    const stream = await streams.stream(request({ routing: { providers: ['elevenlabs', 'azure-speech'] } }), context());
    expect(stream.provider).toBe('azure-speech');
    for await (const part of stream.audio) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    await expect(streams.stream(request({ text: 'palavra '.repeat(200) }), context())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'text' }] });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '@tecnocursos/engines';
import { startSandbox, type RunningSandbox } from '../sandbox.starter.js';
import { validateExchange } from '../testing/vendor-specs.harness.js';
import { elevenLabsSimulator } from './elevenlabs/elevenlabs.simulator.js';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3 });
});
beforeEach(() => {
  sandbox.configure({ reset: true });
});
afterAll(() => sandbox.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { ...(typeof body !== 'string' && { 'content-type': 'application/json' }), ...headers } });

/** What ffprobe makes of bytes; loudness as proof that somebody speaks. */
async function probe(bytes: Buffer, input: readonly string[] = []): Promise<{ codec: string; rate: number; seconds: number; meanDb: number }> {
  const { stderr } = await runProgram('ffmpeg', ['-nostdin', '-hide_banner', ...input, '-i', 'pipe:0', '-af', 'volumedetect', '-f', 'null', '-'], { input: bytes });
  const [, codec = '', rate = '0'] = /Audio: (\w+)[^,]*(?:\([^)]*\))*, (\d+) Hz/.exec(stderr) ?? [];
  const [, minutes = '0', seconds = '0'] = [...stderr.matchAll(/time=\d+:(\d+):([\d.]+)/g)].at(-1) ?? [];
  return { codec, rate: Number(rate), seconds: Number(minutes) * 60 + Number(seconds), meanDb: Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]) };
}

describe('ElevenLabs', () => {
  const key = { 'xi-api-key': 'sk_0123456789abcdef' };
  const VOICE = 'aBr0Amanda0Sandbox001';
  const TEXT = 'Olá, turma. Hoje vamos estudar a luz.';

  it('speaks in the format asked, as its document says', async () => {
    const response = await post(`/elevenlabs/v1/text-to-speech/${VOICE}?output_format=mp3_22050_32`, { text: TEXT }, key);
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    const found = await probe(Buffer.from(await response.arrayBuffer()));
    expect(found).toMatchObject({ codec: 'mp3', rate: 22_050 });
    expect(found.seconds).toBeGreaterThan(1.5);
    expect(found.meanDb).toBeGreaterThan(-35);
  });

  it('tells when each character is heard', async () => {
    const request = { text: `${TEXT} <break time="1.0s" /> Fim.`, model_id: 'eleven_multilingual_v2' };
    const body = (await (await post(`/elevenlabs/v1/text-to-speech/${VOICE}/with-timestamps?output_format=pcm_24000`, request, key)).json()) as { audio_base64: string; alignment: { characters: string[]; character_end_times_seconds: number[] } };
    expect(validateExchange('elevenlabs.json', 'POST', `/v1/text-to-speech/${VOICE}/with-timestamps`, { request, response: { status: 200, body } })).toEqual([]);
    expect(body.alignment.characters.join('')).toBe(request.text);
    const seconds = Buffer.from(body.audio_base64, 'base64').length / 48_000;
    expect(Math.abs((body.alignment.character_end_times_seconds.at(-1) ?? 0) - seconds)).toBeLessThan(seconds * 0.03);
  });

  it('lists voices by pages, adds one from recordings, and deletes it', async () => {
    const page = async (query: string) => {
      const body = (await (await fetch(`${sandbox.url}/elevenlabs/v2/voices?${query}`, { headers: key })).json()) as { voices: { voice_id: string }[]; has_more: boolean; next_page_token: string | null; total_count: number };
      expect(validateExchange('elevenlabs.json', 'GET', '/v2/voices', { response: { status: 200, body } })).toEqual([]);
      return body;
    };
    const first = await page('page_size=9');
    const second = await page(`page_size=9&next_page_token=${first.next_page_token}`);
    expect([first.has_more, second.has_more, first.voices.length + second.voices.length]).toEqual([true, false, first.total_count]);
    const form = new FormData();
    form.set('name', 'Ana');
    form.append('files', new Blob(['not checked here'], { type: 'audio/wav' }), 'ana.wav');
    const added = (await (await fetch(`${sandbox.url}/elevenlabs/v1/voices/add`, { method: 'POST', headers: key, body: form })).json()) as { voice_id: string };
    expect(validateExchange('elevenlabs.json', 'POST', '/v1/voices/add', { response: { status: 200, body: added } })).toEqual([]);
    expect((await post(`/elevenlabs/v1/text-to-speech/${added.voice_id}`, { text: 'Oi.' }, key)).status).toBe(200);
    expect((await fetch(`${sandbox.url}/elevenlabs/v1/voices/${added.voice_id}`, { method: 'DELETE', headers: key })).status).toBe(200);
    expect((await post(`/elevenlabs/v1/text-to-speech/${added.voice_id}`, { text: 'Oi.' }, key)).status).toBe(404);
  });

  it.each([
    [422, {}, {}, undefined], [422, { text: 'a', voice_settings: { speed: 3 } }, {}, undefined], [400, { text: 'a', model_id: 'eleven_turbo_v1' }, {}, 'model_not_found'],
    [400, { text: 'a'.repeat(10_001) }, {}, 'max_character_limit_exceeded'], [400, { text: 'a', model_id: 'eleven_v3', voice_settings: { stability: 0.7 } }, {}, 'invalid_ttd_stability'],
    [401, { text: 'a' }, { 'xi-api-key': '' }, 'needs_authorization'],
  ] as const)('refuses with %i what it does not take (case %#)', async (status, body, headers, reason) => {
    const response = await post(`/elevenlabs/v1/text-to-speech/${VOICE}`, body, { ...key, ...headers });
    const answer = (await response.json()) as { detail: { status?: string } };
    expect(response.status).toBe(status);
    if (reason !== undefined && !('xi-api-key' in headers)) expect(answer.detail.status).toBe(reason);
  });

  it('keeps the plan: characters of the month, requests at once', async () => {
    const small = await startSandbox({ seed: 1, vendors: [elevenLabsSimulator({ characterLimit: 20, concurrency: 1 })] });
    const ask = (text: string) => fetch(`${small.url}/elevenlabs/v1/text-to-speech/${VOICE}`, { method: 'POST', headers: { ...key, 'content-type': 'application/json' }, body: JSON.stringify({ text }) });
    const both = await Promise.all([ask('Um, dois.'), ask('Um, três.')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 429]);
    expect((await ask('Um, dois, três, já.')).status).toBe(401);
    const subscription = (await (await fetch(`${small.url}/elevenlabs/v1/user/subscription`, { headers: key })).json()) as { character_count: number };
    expect(subscription.character_count).toBe(9);
    expect(validateExchange('elevenlabs.json', 'GET', '/v1/user/subscription', { response: { status: 200, body: subscription } })).toEqual([]);
    await small.close();
  });
});

describe('Azure Speech', () => {
  const headers = { 'ocp-apim-subscription-key': '0123456789abcdef', 'content-type': 'application/ssml+xml', 'x-microsoft-outputformat': 'audio-24khz-96kbitrate-mono-mp3', 'user-agent': 'test' };
  const ssml = (inside: string, root = 'version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="pt-BR"') => `<speak ${root}>${inside}</speak>`;
  const GOOD = ssml('<voice name="pt-BR-FranciscaNeural"><p><s>Olá, <prosody rate="+10%" pitch="-2st">turma</prosody>.</s><break time="500ms"/><s>Vamos lá &amp; já.</s></p></voice>');

  it.each([
    ['audio-24khz-96kbitrate-mono-mp3', 'mp3', 24_000, []], ['riff-16khz-16bit-mono-pcm', 'pcm_s16le', 16_000, []], ['ogg-48khz-16bit-mono-opus', 'opus', 48_000, []],
    ['raw-24khz-16bit-mono-pcm', 'pcm_s16le', 24_000, ['-f', 's16le', '-ar', '24000']], ['webm-24khz-16bit-mono-opus', 'opus', 48_000, []], ['riff-8khz-8bit-mono-mulaw', 'pcm_mulaw', 8_000, []],
  ] as const)('speaks %s', async (format, codec, rate, input) => {
    const found = await probe(Buffer.from(await (await post('/azure-speech/cognitiveservices/v1', GOOD, { ...headers, 'x-microsoft-outputformat': format })).arrayBuffer()), input);
    expect(found).toMatchObject({ codec, rate });
    expect(found.seconds).toBeGreaterThan(1);
    expect(found.meanDb).toBeGreaterThan(-35);
  });

  it.each([
    [415, GOOD, { 'content-type': 'text/plain' }], [400, GOOD, { 'x-microsoft-outputformat': 'mp3' }], [401, GOOD, { 'ocp-apim-subscription-key': '' }], [400, ssml('Olá'), {}], [400, ssml('<voice name="pt-BR-Ninguem">a</voice>'), {}],
    [400, '<speak><voice name="pt-BR-FranciscaNeural">a</voice></speak>', {}], [400, ssml('<voice name="pt-BR-FranciscaNeural">a & b</voice>'), {}], [400, ssml('<voice name="pt-BR-FranciscaNeural"><prosody rate="fastish">a</prosody></voice>'), {}],
    [400, ssml('<voice name="pt-BR-FranciscaNeural"><script>a</script></voice>'), {}],
  ] as const)('answers %i without a body to what it does not take (case %#)', async (status, body, more) => {
    const response = await post('/azure-speech/cognitiveservices/v1', body, { ...headers, ...more });
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  it('gives tokens, and takes them; lists voices as its document says', async () => {
    const token = await (await post('/azure-speech/sts/v1.0/issueToken', '', { 'ocp-apim-subscription-key': '0123456789abcdef' })).text();
    const response = await fetch(`${sandbox.url}/azure-speech/cognitiveservices/voices/list`, { headers: { authorization: `Bearer ${token}` } });
    const body = (await response.json()) as { ShortName: string }[];
    expect(validateExchange('azure-speech-tts.openapi.json', 'GET', '/cognitiveservices/voices/list', { response: { status: 200, body } })).toEqual([]);
    expect(body.map(({ ShortName }) => ShortName)).toContain('pt-BR-Thalita:DragonHDLatestNeural');
    expect((await fetch(`${sandbox.url}/azure-speech/cognitiveservices/voices/list`, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
  });
});

describe('gTTS', () => {
  const ask = (text: string, language = 'pt') =>
    post('/gtts/_/TranslateWebserverUi/data/batchexecute', `f.req=${encodeURIComponent(JSON.stringify([[['jQ1olc', JSON.stringify([text, language, null, 'null']), null, 'generic']]]))}&`, { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' });

  it('speaks up to 100 characters, and no more', async () => {
    const base64 = /jQ1olc","\[\\"(.*)\\"]/.exec(await (await ask('Bom dia, turma.')).text())?.[1] ?? '';
    expect(await probe(Buffer.from(base64, 'base64'))).toMatchObject({ codec: 'mp3', rate: 24_000 });
    expect(await (await ask('a'.repeat(101))).text()).toContain('"jQ1olc",null');
    expect((await post('/gtts/_/TranslateWebserverUi/data/batchexecute', 'f.req=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
  });
});

describe('Bark', () => {
  const headers = { authorization: 'Bearer r8_0123456789abcdef' };

  it('goes through the states of a prediction to a file that needs no key', async () => {
    sandbox.configure({ vendor: 'bark', operation: 'predictions.create', mode: 'success' });
    const created = (await (await post('/bark/v1/predictions', { version: 'b'.repeat(64), input: { prompt: 'Bom dia, turma.', history_prompt: 'pt_speaker_4' } }, headers)).json()) as { id: string; status: string; output: unknown };
    expect(created).toMatchObject({ status: expect.stringMatching(/starting|processing/), output: null });
    let prediction: { status: string; output?: { audio_out: string }; metrics?: { predict_time: number } } = created as never;
    for (let round = 0; round < 100 && prediction.status !== 'succeeded'; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      prediction = (await (await fetch(`${sandbox.url}/bark/v1/predictions/${created.id}`, { headers })).json()) as typeof prediction;
    }
    expect(prediction.metrics?.predict_time).toBeGreaterThan(0.5);
    const found = await probe(Buffer.from(await (await fetch(prediction.output?.audio_out ?? '')).arrayBuffer()));
    expect(found).toMatchObject({ codec: 'pcm_s16le', rate: 24_000 });
    expect(found.meanDb).toBeGreaterThan(-35);
  });

  it('refuses what Replicate refuses', async () => {
    expect((await post('/bark/v1/predictions', { version: 'b'.repeat(64), input: { prompt: 'a' } })).status).toBe(401);
    expect((await post('/bark/v1/predictions', { version: 'x', input: { prompt: 'a' } }, headers)).status).toBe(422);
    expect((await post('/bark/v1/predictions', { version: 'b'.repeat(64), input: {} }, headers)).status).toBe(422);
    expect((await fetch(`${sandbox.url}/bark/files/${'x'.repeat(48)}/audio.wav`)).status).toBe(404);
  });
});

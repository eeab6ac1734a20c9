import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureProvider, createVendorHttp, ProviderFailure, type FailureKind, type ProviderDefinition } from '@tecnocursos/provider-kit';
import { HOUSE_VOICES } from '../house-voices.js';
import type { SpeechSynthesizer, Utterance } from '../ports/speech-synthesizer.port.js';
import { parsePlainText } from '../ssml/script-builder.js';
import { startVendorStub, type StubAnswer } from '../testing/vendor-stub.fixture.js';
import { TTS_PROVIDERS } from './index.js';

const http = createVendorHttp();
let stub: Awaited<ReturnType<typeof startVendorStub>>;
let folder = '';
beforeAll(async () => {
  stub = await startVendorStub();
  folder = await mkdtemp(join(tmpdir(), 'vendor-errors-'));
});
afterAll(async () => {
  await http.close();
  await stub.close();
  await rm(folder, { recursive: true });
});

function portOf(id: string, variables: Record<string, string>): SpeechSynthesizer {
  const definition = TTS_PROVIDERS.find((known) => known.id === id);
  if (!definition) throw new Error(`There is no ${id}.`);
  const configured = configureProvider(definition as unknown as ProviderDefinition<never>, { [`${definition.variablePrefix}_BASE_URL`]: stub.url, ...variables }, { url: undefined, production: true });
  if ('problems' in configured) throw new Error(configured.problems.join());
  return definition.create(configured.settings, { fetch: http.fetch, now: Date.now });
}

async function failureOf(port: SpeechSynthesizer, answer: StubAnswer): Promise<ProviderFailure> {
  const [voice] = HOUSE_VOICES;
  if (!voice) throw new Error('There are no voices.');
  stub.answer(answer);
  const utterance: Utterance = { script: parsePlainText('Bom dia.', 'pt-BR'), language: 'pt-BR', voice: { kind: 'house', voice }, model: port.models.standard, rate: 1, pitch: 0 };
  const error: unknown = await port.speak(utterance, { folder, signal: new AbortController().signal }).then(() => undefined, (reason: unknown) => reason);
  if (error instanceof ProviderFailure) return error;
  throw new Error(`It did not fail as it should: ${inspect(error)}`);
}

type Case = readonly [kind: FailureKind, status: number, body: string | object, headers?: Readonly<Record<string, string>>];

function describeErrors(name: string, id: string, variables: Record<string, string>, cases: readonly Case[]): void {
  describe(`${name}, with answers as the vendor words them`, () => {
    it.for(cases)('%s: %i %j', async ([kind, status, body, headers = {}]) => {
      const failure = await failureOf(portOf(id, variables), { status, body, headers: { ...headers, 'retry-after': '7' } });
      expect(failure.kind).toBe(kind);
      if (status >= 400) expect([failure.status, failure.retryAfterMs]).toEqual([status, 7_000]);
      for (const secret of Object.values(variables).filter((value) => value.length > 20)) expect(inspect(failure.detail)).not.toContain(secret);
    });
  });
}

const detail = (status: string, message = 'text of the vendor'): object => ({ detail: { status, message } });
describeErrors('ElevenLabs', 'elevenlabs', { ELEVENLABS_API_KEY: 'sk_0123456789abcdef0123456789abcdef', ELEVENLABS_VOICES: 'francisca=abcdefghij0123456789' }, [
  ['quota', 401, detail('quota_exceeded', 'This request exceeds your quota of 10000. You have 12 credits remaining, while 20 credits are required for this request.')],
  ['auth', 401, detail('invalid_api_key', 'Invalid API key')],
  ['auth', 401, detail('missing_permissions', 'The API key you used is missing the permission text_to_speech to execute this operation.')],
  ['auth', 401, detail('detected_unusual_activity', 'Unusual activity detected. Free Tier usage disabled.')],
  ['rate_limited', 429, detail('too_many_concurrent_requests', 'Too many concurrent requests.')],
  ['unavailable', 429, detail('system_busy', 'The system is experiencing heavy traffic, please try again.')],
  ['unsupported', 404, detail('voice_not_found', 'A voice with voice_id x was not found.')],
  ['unsupported', 400, detail('voice_not_found', 'A voice for the voice_id x was not found.')],
  ['unsupported', 400, detail('model_not_found', 'A model with model ID x does not exist.')],
  ['unsupported', 400, detail('max_character_limit_exceeded', 'This request has 10001 characters.')],
  ['unsupported', 422, { detail: [{ loc: ['body', 'voice_settings', 'speed'], msg: 'Input should be less than or equal to 1.2', type: 'less_than_equal' }] }],
  ['content_policy', 403, detail('content_against_policy', 'The content you provided is against our policy.')],
  ['unavailable', 500, detail('internal_server_error')],
  ['unavailable', 503, '<html>upstream connect error</html>'],
  ['malformed', 200, { audio_base64: '' }],
  ['malformed', 200, { unexpected: true }],
  ['malformed', 200, '<html>maintenance</html>'],
]);

describeErrors('Azure Speech', 'azure-speech', { AZURE_SPEECH_KEY: '0123456789abcdef0123456789abcdef' }, [
  ['unsupported', 400, ''], ['auth', 401, ''], ['auth', 403, { error: { code: '403', message: 'Out of call volume quota for Speech F0 pricing tier.' } }], ['unsupported', 404, ''], ['unsupported', 415, ''],
  ['rate_limited', 429, ''], ['unavailable', 502, ''], ['unavailable', 503, ''], ['malformed', 200, '<html>maintenance</html>', { 'content-type': 'text/html' }], ['malformed', 200, '', { 'content-type': 'audio/basic' }],
]);

const aws = (name: string, message = 'text of the vendor'): readonly [object, Record<string, string>] => [{ message }, { 'x-amzn-errortype': name, 'content-type': 'application/json' }];
describeErrors('Amazon Polly', 'aws-polly', { AWS_POLLY_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_POLLY_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }, [
  ['unsupported', 400, ...aws('TextLengthExceededException', 'Maximum text length has been exceeded')],
  ['unsupported', 400, ...aws('InvalidSsmlException', 'Invalid SSML request')],
  ['unsupported', 400, ...aws('EngineNotSupportedException', 'This voice does not support the selected engine: neural')],
  ['unsupported', 400, ...aws('LanguageNotSupportedException')],
  ['unsupported', 400, ...aws('InvalidSampleRateException')],
  ['unsupported', 400, ...aws('ValidationException')],
  ['rate_limited', 400, ...aws('ThrottlingException', 'Rate exceeded')],
  ['rate_limited', 429, ...aws('TooManyRequestsException')],
  ['quota', 402, ...aws('ServiceQuotaExceededException')],
  ['auth', 403, ...aws('UnrecognizedClientException', 'The security token included in the request is invalid.')],
  ['auth', 403, ...aws('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been …')],
  ['auth', 400, ...aws('ExpiredTokenException')],
  ['auth', 403, ...aws('AccessDeniedException', 'User: arn:aws:iam::123456789012:user/x is not authorized to perform: polly:SynthesizeSpeech')],
  ['unavailable', 500, ...aws('ServiceFailureException', 'An unknown condition has caused a service failure.')],
  ['unavailable', 503, ...aws('ServiceUnavailable')],
  ['malformed', 200, '', { 'content-type': 'audio/mpeg' }],
]);

describeErrors('Google Translate', 'gtts', { GTTS_TERMS_ACCEPTED: 'the-terms-were-read' }, [
  ['rate_limited', 429, '<html>Sorry...</html>'], ['rate_limited', 403, '<html>403</html>'], ['unsupported', 400, '<html>400</html>'], ['unavailable', 500, ''], ['unavailable', 503, ''],
  ['malformed', 200, ')]}\'\n\n[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]\n'], ['malformed', 200, '<html>consent</html>'],
]);

const problem = (status: number, title: string, text: string): object => ({ title, detail: text, status });
describeErrors('Replicate', 'bark', { BARK_API_TOKEN: 'r8_0123456789abcdefABCDEF0123456789abcd' }, [
  ['auth', 401, problem(401, 'Unauthenticated', 'You did not pass a valid authentication token')],
  ['quota', 402, problem(402, 'Insufficient credit', 'You have insufficient credit to run this model.')],
  ['unsupported', 422, problem(422, 'Invalid version or not permitted', 'The specified version does not exist')],
  ['rate_limited', 429, { detail: 'Request was throttled. Expected available in 1 second.', retry_after: 1 }],
  ['unavailable', 500, problem(500, 'Internal server error', '')],
  ['content_policy', 201, { id: 'a', status: 'failed', error: 'NSFW content detected.', metrics: { predict_time: 1.2 } }],
  ['unavailable', 201, { id: 'a', status: 'failed', error: 'CUDA out of memory.' }],
  ['malformed', 201, { id: 'a', status: 'failed', error: 'ValueError: shapes' }],
  ['unavailable', 201, { id: 'a', status: 'canceled' }],
  ['malformed', 201, { id: 'a', status: 'succeeded', output: null }],
  ['malformed', 201, { id: 'a', status: 'succeeded', output: { audio_out: 'http://169.254.169.254/latest/meta-data' } }],
  ['malformed', 201, {}],
]);

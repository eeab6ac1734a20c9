import type { SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { encodeSpeech, inPieces } from '../../speech/encode-speech.js';
import { MarkupError } from '../../speech/markup.js';
import { SPOKEN_RATE, speak } from '../../speech/speech-engine.js';
import { azureFormat } from './azure-speech.formats.js';
import { readAzureSsml, SsmlRefused, type AzureSpeechOrder } from './azure-speech.ssml.js';
import { AZURE_VOICES } from './azure-speech.voices.js';

const SYNTHESIS = '/cognitiveservices/v1';
const TOKEN = '/sts/v1.0/issueToken';
const TOKEN_LIFE_MS = 600_000;
/** Longer audio is cut, without an error. */
const LONGEST_S = 600;
/** Answers longer than this are sent in chunks as they are made. */
const WHOLE_BYTES = 256 * 1024;

/** Refusals have a status and no body. */
const refusal = (status: number): SimulatedResponse => ({ status });

/** Speech over REST and its list of voices. Source: rest-text-to-speech.md of the vendor's documentation. */
export function azureSpeechSimulator(): VendorSimulator {
  const tokens = new Map<string, number>();
  const hasToken = (authorization: string | undefined): boolean => (tokens.get(authorization?.replace(/^Bearer /, '') ?? '') ?? 0) > Date.now();
  return {
    id: 'azure-speech',
    title: 'Azure Speech',
    operations: [
      { name: 'speech.synthesize', method: 'POST', path: SYNTHESIS, latency: { p50: 350, p99: 2_500 }, handle: (request) => synthesize(request) },
      { name: 'voices.list', method: 'GET', path: '/cognitiveservices/voices/list', latency: { p50: 150, p99: 900 }, handle: () => ({ status: 200, body: AZURE_VOICES.map(({ body }) => body) }) },
      { name: 'token.issue', method: 'POST', path: TOKEN, latency: { p50: 80, p99: 400 }, handle: (_request, _params, context) => issueToken(tokens, context) },
    ],
    plausibleFaults: [
      { fault: 'rate_limited_retry_after_seconds', weight: 40 }, { fault: 'unavailable', weight: 35 }, { fault: 'server_error', weight: 10 }, { fault: 'connection_reset', weight: 10 }, { fault: 'truncated_body', weight: 5 },
    ],
    authenticate: ({ headers, path }) => {
      const key = headers['ocp-apim-subscription-key'];
      if (typeof key === 'string' && key.length >= 8) return undefined;
      return path !== TOKEN && hasToken(headers.authorization) ? undefined : refusal(401);
    },
    fail: (fault, _rule, request) => fail(fault, request),
    unrouted: () => ({ status: 404, body: { error: { code: '404', message: 'Resource not found' } } }),
    headers: (_request, context) => ({ 'x-requestid': context.newToken(32).toLowerCase() }),
  };
}

function issueToken(tokens: Map<string, number>, context: SimulatorContext): SimulatedResponse {
  const token = `eyJhbGciOiJFUzI1NiJ9.${context.newToken(120)}.${context.newToken(86)}`;
  tokens.set(token, context.now() + TOKEN_LIFE_MS);
  return { status: 200, headers: { 'content-type': 'application/jwt; charset=us-ascii' }, body: token };
}

async function synthesize({ body, headers, signal }: SimulatedRequest): Promise<SimulatedResponse> {
  if (!/^application\/ssml\+xml\b/i.test(headers['content-type'] ?? '')) return refusal(415);
  const agent = headers['user-agent'] ?? '';
  const format = azureFormat(String(headers['x-microsoft-outputformat'] ?? ''));
  if (agent === '' || agent.length > 254 || !format) return refusal(400);
  const order = readOrder(body.toString('utf8'));
  if (!order) return refusal(400);
  const { voice, segments } = order;
  const speaker = { language: voice.Locale.startsWith('pt') ? 'pt' : 'en', gender: voice.Gender === 'Male' ? 'male' : 'female', variant: AZURE_VOICES.indexOf(voice) } as const;
  const { samples } = await speak(segments, speaker, signal);
  const bytes = await encodeSpeech(samples.subarray(0, LONGEST_S * SPOKEN_RATE), format.encoding, signal);
  const answer = { status: 200, headers: { 'content-type': format.contentType } };
  return bytes.length > WHOLE_BYTES ? { ...answer, stream: inPieces(bytes, 64 * 1024) } : { ...answer, body: bytes };
}

function readOrder(ssml: string): AzureSpeechOrder | undefined {
  try {
    return readAzureSsml(ssml);
  } catch (error) {
    if (error instanceof MarkupError || error instanceof SsmlRefused) return undefined;
    throw error;
  }
}

function fail(fault: WordedFault, { path }: SimulatedRequest): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(401);
    case 'quota_exhausted':
      return { status: 403, body: { error: { code: '403', message: 'Out of call volume quota for Speech F0 pricing tier. Quota will be replenished in 14.22:10:12.' } } };
    case 'rate_limited':
      return refusal(429);
    case 'server_error':
      return refusal(502);
    case 'unavailable':
      return refusal(503);
    case 'error_in_success':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Service Unavailable</h1></body></html>' };
    case 'empty_answer':
      return path === SYNTHESIS ? { status: 200, headers: { 'content-type': 'audio/basic' }, body: Buffer.alloc(0) } : { status: 200, body: [] };
  }
}

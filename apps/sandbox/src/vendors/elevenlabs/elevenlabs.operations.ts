import { createHash } from 'node:crypto';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse } from '../../simulator/vendor-simulator.js';
import { encodeSpeech, inPieces, type Codec } from '../../speech/encode-speech.js';
import type { Account } from './elevenlabs.account.js';
import { refusal, unprocessable } from './elevenlabs.errors.js';
import { MODELS, readOrder, type SpeechOrder } from './elevenlabs.request.js';
import { speakOrder, type Alignment } from './elevenlabs.speech.js';
import { voiceBody } from './elevenlabs.voices.js';

const SPEECH = { p50: 900, p99: 6_000 };
const LOOKUP = { p50: 120, p99: 900 };
const TYPES: Partial<Record<Codec, string>> = { mp3: 'audio/mpeg', opus: 'audio/ogg', wav: 'audio/wav' };

export const operationsOf = (account: Account): SimulatedOperation[] => [...speechOperations(account), ...voiceOperations(account), ...accountOperations(account)];

type Answer = (order: SpeechOrder, bytes: Buffer, alignment: Alignment) => SimulatedResponse;

function speechOperations(account: Account): SimulatedOperation[] {
  const operation = (name: string, path: string, answer: Answer): SimulatedOperation => ({
    name, method: 'POST', path, latency: SPEECH, handle: (request, { voice = '' }) => speakTo(request, voice, account, answer),
  });
  const headers = ({ encoding, cost }: SpeechOrder) => ({ 'content-type': TYPES[encoding.codec] ?? 'application/octet-stream', 'character-cost': String(cost) });
  const timed = (bytes: Buffer, alignment: Alignment) => ({ audio_base64: bytes.toString('base64'), alignment, normalized_alignment: alignment });
  return [
    operation('speech.convert', '/v1/text-to-speech/{voice}', (order, bytes) => ({ status: 200, headers: headers(order), body: bytes })),
    operation('speech.with-timestamps', '/v1/text-to-speech/{voice}/with-timestamps', (order, bytes, alignment) => ({ status: 200, headers: { 'character-cost': String(order.cost) }, body: timed(bytes, alignment) })),
    operation('speech.stream', '/v1/text-to-speech/{voice}/stream', (order, bytes) => ({ status: 200, headers: headers(order), stream: inPieces(bytes) })),
    operation('speech.stream.with-timestamps', '/v1/text-to-speech/{voice}/stream/with-timestamps', (_order, bytes, alignment) => ({
      status: 200, headers: { 'content-type': 'application/json' }, stream: inPieces(Buffer.from(`${JSON.stringify(timed(bytes, alignment))}\n`)),
    })),
  ];
}

async function speakTo(request: SimulatedRequest, voiceId: string, account: Account, answer: Answer): Promise<SimulatedResponse> {
  const order = readOrder(request, voiceId, account);
  if ('status' in order) return order;
  const spoken = await account.within(async () => {
    const { samples, alignment } = await speakOrder(order, request.signal);
    return { bytes: await encodeSpeech(samples, order.encoding, request.signal), alignment };
  });
  if (!spoken) return refusal(429, 'too_many_concurrent_requests', `Too many concurrent requests. Your current subscription is associated with a maximum of ${account.options.concurrency} concurrent requests (running in parallel).`);
  account.used += order.cost;
  return answer(order, spoken.bytes, spoken.alignment);
}

function voiceOperations(account: Account): SimulatedOperation[] {
  return [
    { name: 'voices.search', method: 'GET', path: '/v2/voices', latency: LOOKUP, handle: (request) => search(request, account) },
    {
      name: 'voices.get', method: 'GET', path: '/v1/voices/{voice}', latency: LOOKUP,
      handle: (_request, { voice = '' }) => {
        const known = account.voices.get(voice);
        return known ? { status: 200, body: voiceBody(known) } : refusal(400, 'voice_not_found', `A voice for the voice_id ${voice} was not found.`);
      },
    },
    {
      name: 'voices.delete', method: 'DELETE', path: '/v1/voices/{voice}', latency: LOOKUP,
      handle: (_request, { voice = '' }) => {
        if (account.voices.get(voice)?.category === 'premade') return refusal(403, 'missing_permissions', 'This voice cannot be deleted.');
        return account.voices.delete(voice) ? { status: 200, body: { status: 'ok' } } : refusal(400, 'voice_does_not_exist', 'Voice does not exist.');
      },
    },
    { name: 'voices.add', method: 'POST', path: '/v1/voices/add', latency: { p50: 2_500, p99: 12_000 }, handle: (request, _params, context) => addVoice(request, account, context.newToken(20), context.now()) },
  ];
}

function search({ query }: SimulatedRequest, account: Account): SimulatedResponse {
  const size = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 100) return unprocessable(['query', 'page_size'], 'Input should be between 1 and 100', 'less_than_equal');
  const wanted = query.get('search')?.toLowerCase();
  const category = query.get('category');
  const all = [...account.voices.values()]
    .filter((voice) => (category === null || voice.category === category) && (wanted === undefined || JSON.stringify([voice.name, voice.labels, voice.description]).toLowerCase().includes(wanted)));
  const token = query.get('next_page_token');
  const start = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) return refusal(400, 'invalid_page_token', 'The page token is invalid.');
  const hasMore = start + size < all.length;
  return {
    status: 200,
    body: { voices: all.slice(start, start + size).map(voiceBody), has_more: hasMore, total_count: all.length, next_page_token: hasMore ? Buffer.from(String(start + size)).toString('base64url') : null },
  };
}

async function addVoice(request: SimulatedRequest, account: Account, voiceId: string, now: number): Promise<SimulatedResponse> {
  const form = await readForm(request);
  const name = form?.get('name');
  if (typeof name !== 'string' || name === '') return unprocessable(['body', 'name'], 'Field required', 'missing');
  const files = [...(form?.getAll('files') ?? []), ...(form?.getAll('files[]') ?? [])].filter((file) => typeof file !== 'string');
  if (files.length === 0) return unprocessable(['body', 'files'], 'Field required', 'missing');
  if (account.cloned >= account.options.voiceLimit) return refusal(400, 'voice_limit_reached', `You have reached your maximum amount of custom voices (${account.cloned} / ${account.options.voiceLimit}).`);
  const samples = await Promise.all(files.map(async (file, index) => {
    const bytes = Buffer.from(await file.arrayBuffer());
    return { sample_id: `${voiceId}${index}`, file_name: file.name, mime_type: file.type, size_bytes: bytes.length, hash: createHash('md5').update(bytes).digest('hex') };
  }));
  if (samples.some(({ size_bytes: size }) => size === 0)) return refusal(400, 'invalid_content', 'A file is empty.');
  const labels = readLabels(form?.get('labels'));
  if (!labels) return refusal(400, 'invalid_labels', 'Labels must be a JSON object of texts.');
  const description = form?.get('description');
  account.voices.set(voiceId, { voice_id: voiceId, name, category: 'cloned', labels, description: typeof description === 'string' ? description : '', samples, created_at_unix: Math.floor(now / 1_000) });
  return { status: 200, body: { voice_id: voiceId, requires_verification: false } };
}

async function readForm({ body, headers }: SimulatedRequest): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
  } catch {
    return undefined;
  }
}

function readLabels(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  try {
    const labels = JSON.parse(String(value)) as unknown;
    return typeof labels === 'object' && labels !== null && Object.values(labels).every((text) => typeof text === 'string') ? (labels as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

function accountOperations(account: Account): SimulatedOperation[] {
  return [
    { name: 'user.subscription', method: 'GET', path: '/v1/user/subscription', latency: LOOKUP, handle: (_request, _params, context) => ({ status: 200, body: account.subscription(context.now()) }) },
    {
      name: 'models.list', method: 'GET', path: '/v1/models', latency: LOOKUP,
      handle: () => ({ status: 200, body: Object.entries(MODELS).map(([model_id, { limit }]) => ({ model_id, name: model_id, can_do_text_to_speech: true, maximum_text_length_per_request: limit, languages: [{ language_id: 'en', name: 'English' }, { language_id: 'pt', name: 'Portuguese' }] })) }),
    },
  ];
}

import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { drawPicture } from '../../media/drawn-picture.js';
import { readMultipart } from '../../media/multipart.js';
import { encodePng } from '../../media/png.js';
import { isRefusedContent } from '../../media/render-store.js';

export interface StabilityOptions {
  readonly credits: number;
}

const ACCOUNT: StabilityOptions = { credits: 1_000_000 };
const LATENCY = { p50: 4_000, p99: 15_000 };
const QUICK = { p50: 80, p99: 400 };
const CREDITS = { core: 3, ultra: 8 } as const;
type Model = keyof typeof CREDITS;

/** Pixels of each aspect ratio: about a megapixel and a half, in multiples of 64. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  '21:9': [1536, 640], '16:9': [1344, 768], '3:2': [1216, 832], '5:4': [1152, 896], '1:1': [1024, 1024], '4:5': [896, 1152], '2:3': [832, 1216], '9:16': [768, 1344], '9:21': [640, 1536],
};
const FORMATS = ['png', 'jpeg', 'webp'];
const LONGEST_PROMPT = 10_000;
const LARGEST_SEED = 4_294_967_294;
/** Words that English has not: enough to tell Portuguese. */
const NOT_ENGLISH = /[ãõçáéíóúâêô]|\b(uma?|com|para|sala|de|do|da|não|céu|azul)\b/i;

const refusal = (status: number, name: string, error: string, context?: SimulatorContext): SimulatedResponse => ({
  status, headers: { 'content-type': 'application/json' }, body: { id: context?.newToken(32).toLowerCase() ?? 'a'.repeat(32), name, errors: [error] },
});

/** Stable Image Core and Ultra. Source: the API reference of 2026. Pictures are PNG files of the size that the aspect ratio has, whatever format was asked for. */
export function stabilitySimulator(options: Partial<StabilityOptions> = {}): VendorSimulator {
  const account = { credits: options.credits ?? ACCOUNT.credits };
  const generate = (model: Model): SimulatedOperation => ({
    name: `generate.${model}`, method: 'POST', path: `/v2beta/stable-image/generate/${model}`, latency: LATENCY, handle: (request, _params, context) => paint(model, account, request, context),
  });
  return {
    id: 'stability',
    title: 'Stability AI',
    operations: [generate('core'), generate('ultra'), { name: 'balance', method: 'GET', path: '/v1/user/balance', latency: QUICK, handle: () => ({ status: 200, body: { credits: account.credits } }) }],
    authenticate: ({ headers }) => (/^Bearer \S{8,}$/.test(headers.authorization ?? '') ? undefined : refusal(401, 'unauthorized', 'missing or invalid authorization header')),
    fail: (fault) => fail(fault),
    unrouted: () => refusal(404, 'not_found', 'The requested resource was not found'),
    headers: (_request, context) => ({ 'x-request-id': context.newToken(32).toLowerCase() }),
  };
}

function fail(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return refusal(401, 'unauthorized', 'invalid API key');
    case 'quota_exhausted':
      return refusal(402, 'payment_required', 'You lack sufficient credits to make this request. Please purchase more credits and try again.');
    case 'rate_limited':
      return refusal(429, 'rate_limit_exceeded', 'You have exceeded the rate limit of 150 requests within a 10 second period, and have been timed out for 60 seconds.');
    case 'server_error':
      return refusal(500, 'internal_error', 'An unexpected server error has occurred, please try again later.');
    case 'unavailable':
      return refusal(503, 'service_unavailable', 'The service is temporarily unavailable.');
    case 'error_in_success':
      return refusal(200, 'internal_error', 'An unexpected server error has occurred, please try again later.');
    case 'empty_answer':
      return { status: 200, headers: { 'content-type': 'image/png', 'finish-reason': 'SUCCESS' }, body: Buffer.alloc(0) };
  }
}

async function paint(model: Model, account: { credits: number }, request: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
  const form = await readMultipart(request);
  if (!form) return refusal(400, 'bad_request', 'content-type: must be multipart/form-data', context);
  const text = (name: string): string | undefined => {
    const value = form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const prompt = text('prompt') ?? '';
  const problem = problemOf({ prompt, aspect: text('aspect_ratio'), format: text('output_format'), seed: text('seed') });
  if (problem !== undefined) return refusal(400, 'bad_request', problem, context);
  if (NOT_ENGLISH.test(prompt)) return refusal(422, 'invalid_language', 'prompt: must be in English', context);
  if (isRefusedContent(prompt)) return refusal(403, 'content_moderation', 'Your request was flagged by our content moderation system, as a result your request was denied and you were not charged.', context);
  if (account.credits < CREDITS[model]) return fail('quota_exhausted');
  account.credits -= CREDITS[model];
  const seed = Number(text('seed') ?? 0) || Math.floor(context.random() * LARGEST_SEED) + 1;
  const [width, height] = SIZES[text('aspect_ratio') ?? '1:1'] ?? [1024, 1024];
  const png = encodePng(drawPicture(`${prompt} ${text('seed') ?? ''}`, width, height));
  if (request.headers.accept?.includes('application/json') === true) return { status: 200, headers: { 'content-type': 'application/json; type=image/png' }, body: { image: png.toString('base64'), seed, finish_reason: 'SUCCESS' } };
  return { status: 200, headers: { 'content-type': 'image/png', 'finish-reason': 'SUCCESS', seed: String(seed) }, body: png };
}

function problemOf({ prompt, aspect, format, seed }: Readonly<Record<'prompt', string> & Record<'aspect' | 'format' | 'seed', string | undefined>>): string | undefined {
  if (prompt.length < 1) return 'prompt: is required';
  if (prompt.length > LONGEST_PROMPT) return `prompt: cannot exceed ${LONGEST_PROMPT} characters`;
  if (aspect !== undefined && !(aspect in SIZES)) return `aspect_ratio: must be one of ${Object.keys(SIZES).join(', ')}`;
  if (format !== undefined && !FORMATS.includes(format)) return `output_format: must be one of ${FORMATS.join(', ')}`;
  if (seed !== undefined && !(Number.isInteger(Number(seed)) && Number(seed) >= 0 && Number(seed) <= LARGEST_SEED)) return `seed: must be between 0 and ${LARGEST_SEED}`;
  return undefined;
}

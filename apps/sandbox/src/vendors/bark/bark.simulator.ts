import type { SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { barkAudio, isPreset, predictionOperations, problem, type Prediction } from './bark.predictions.js';

const LONGEST_TEXT = 2_000;

/** Bark in its two homes: predictions of Replicate, and `POST /generate` of a server of one's own. Source: https://replicate.com/docs/reference/http */
export function barkSimulator(): VendorSimulator {
  const predictions = new Map<string, Prediction>();
  return {
    id: 'bark',
    title: 'Bark',
    operations: [...predictionOperations(predictions), { name: 'generate', method: 'POST', path: '/generate', latency: { p50: 6_000, p99: 25_000 }, handle: (request) => generate(request) }],
    plausibleFaults: [{ fault: 'rate_limited', weight: 30 }, { fault: 'unavailable', weight: 30 }, { fault: 'server_error', weight: 30 }, { fault: 'connection_reset', weight: 10 }],
    authenticate: ({ headers, path }) => {
      if (path.startsWith('/files/')) return undefined;
      return /^(Bearer|Token) \S{8,}$/i.test(headers.authorization ?? '') ? undefined : problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');
    },
    fail: (fault, _rule, request, context) => fail(fault, request, context),
    unrouted: () => problem(404, 'Not found', 'The requested resource could not be found.'),
  };
}

async function generate(request: SimulatedRequest): Promise<SimulatedResponse> {
  const { text, voice_preset: preset = 'v2/en_speaker_0' } = (request.json() ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT) return problem(422, 'Unprocessable', 'text must have 1 to 2000 characters');
  if (!isPreset(preset)) return problem(422, 'Unprocessable', 'voice_preset is not known');
  return { status: 200, headers: { 'content-type': 'audio/wav' }, body: await barkAudio(text, preset, request.signal) };
}

function fail(fault: WordedFault, { path }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');
    case 'quota_exhausted':
      return problem(402, 'Insufficient credit', 'You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.');
    case 'rate_limited':
      return { status: 429, body: { title: 'Too many requests', detail: 'Request was throttled. Expected available in 1 second.', status: 429, retry_after: 1 } };
    case 'server_error':
      return problem(500, 'Internal server error', 'Something went wrong.');
    case 'unavailable':
      return problem(503, 'Service unavailable', 'The service is temporarily unavailable.');
    case 'error_in_success':
      return path === '/v1/predictions'
        ? { status: 201, body: { id: context.newToken(26).toLowerCase(), model: 'suno-ai/bark', version: '', input: {}, status: 'failed', error: 'CUDA out of memory.', output: null, logs: '', created_at: null, urls: {} } }
        : { status: 200, body: { error: 'CUDA out of memory.' } };
    case 'empty_answer':
      return path === '/generate' || path.startsWith('/files/') ? { status: 200, headers: { 'content-type': 'audio/wav' }, body: Buffer.alloc(0) } : { status: 201, body: {} };
  }
}

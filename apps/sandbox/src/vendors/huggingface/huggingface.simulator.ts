import type { SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { chatOperation, emptyCompletion } from './chat.operation.js';
import { classificationOperation } from './classification.operation.js';
import { answerOf, loading, NO_CREDITS, OVERLOADED, SERVER_ERROR, TOO_FAST, WRONG_TOKEN } from './huggingface.errors.js';
import { listModels } from './huggingface.models.js';

const INFERENCE = '/hf-inference/models/';

function fail(fault: WordedFault, _rule: SandboxFaultRule, request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return answerOf(401, WRONG_TOKEN);
    case 'quota_exhausted':
      return answerOf(402, NO_CREDITS);
    case 'rate_limited':
      return answerOf(429, TOO_FAST);
    case 'server_error':
      return answerOf(500, SERVER_ERROR);
    case 'unavailable':
      return request.path.startsWith(INFERENCE) ? answerOf(503, loading(request.path.slice(INFERENCE.length))) : answerOf(503, OVERLOADED);
    case 'error_in_success':
      return isStreamed(request) ? { status: 200, stream: once(`data: ${JSON.stringify(OVERLOADED)}\n\n`) } : answerOf(200, OVERLOADED);
    case 'empty_answer':
      return request.path === chatOperation.path ? emptyCompletion(request, context) : { status: 200, body: [] };
  }
}

function isStreamed(request: SimulatedRequest): boolean {
  const body = request.json();
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** A fine-grained token: `Authorization: Bearer hf_…`. */
function authenticate({ headers }: SimulatedRequest): SimulatedResponse | undefined {
  const token = /^Bearer ([\x21-\x7e]{8,})$/.exec(headers.authorization ?? '')?.[1];
  return token === undefined ? answerOf(401, WRONG_TOKEN) : undefined;
}

const hexadecimal = (length: number, context: SimulatorContext): string => Array.from({ length }, () => Math.floor(context.random() * 16).toString(16)).join('');

export const huggingfaceSimulator = (): VendorSimulator => ({
  id: 'huggingface',
  title: 'Hugging Face',
  operations: [
    chatOperation,
    classificationOperation,
    { name: 'models.list', method: 'GET', path: '/v1/models', latency: { p50: 90, p99: 600 }, handle: () => ({ status: 200, body: listModels() }) },
  ],
  plausibleFaults: [
    { fault: 'unavailable', weight: 5 }, { fault: 'rate_limited', weight: 3 }, { fault: 'server_error', weight: 3 }, { fault: 'connection_reset', weight: 1 },
  ],
  authenticate,
  fail,
  unrouted: () => answerOf(404, { error: 'Not Found' }),
  headers: (_request, context) => ({ 'x-request-id': `Root=1-${hexadecimal(8, context)}-${hexadecimal(24, context)}` }),
});

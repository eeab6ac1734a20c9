import type { SimulatedRequest, SimulatedResponse, SimulatorContext, WordedFault } from '../../simulator/vendor-simulator.js';
import { errorAnswer, OVERLOADED, QUOTA_EXHAUSTED, RATE_LIMITED, SERVER_ERROR, WRONG_KEY } from './openai.errors.js';

/** What the API says when it fails so. */
export function failOpenAi(fault: WordedFault, request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return errorAnswer(401, WRONG_KEY);
    case 'quota_exhausted':
      return errorAnswer(429, QUOTA_EXHAUSTED);
    case 'rate_limited':
      return errorAnswer(429, RATE_LIMITED);
    case 'server_error':
      return errorAnswer(500, SERVER_ERROR);
    case 'unavailable':
      return errorAnswer(503, OVERLOADED);
    case 'error_in_success':
      return isStream(request) ? { status: 200, stream: parts(errorEvent(request)) } : errorAnswer(200, SERVER_ERROR);
    case 'empty_answer':
      return emptyAnswer(request, context);
  }
}

const isStream = (request: SimulatedRequest): boolean => (request.json() as { stream?: unknown } | undefined)?.stream === true;

function errorEvent({ path }: SimulatedRequest): string {
  if (!path.startsWith('/v1/responses')) return `data: ${JSON.stringify({ error: SERVER_ERROR })}\n\n`;
  return `event: error\ndata: ${JSON.stringify({ type: 'error', code: SERVER_ERROR.type, message: SERVER_ERROR.message, param: null, sequence_number: 0 })}\n\n`;
}

/** Well-formed, with status 200, and with nothing in it. */
function emptyAnswer(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
  const model = (request.json() as { model?: unknown } | undefined)?.model ?? 'gpt-6-luna';
  const seconds = Math.floor(context.now() / 1_000);
  if (isStream(request)) return { status: 200, stream: parts(request.path.startsWith('/v1/responses') ? '' : 'data: [DONE]\n\n') };
  switch (request.path) {
    case '/v1/chat/completions': {
      const message = { role: 'assistant', content: '', refusal: null, annotations: [] };
      const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
      return { status: 200, body: { id: `chatcmpl-${context.newToken(29)}`, object: 'chat.completion', created: seconds, model, choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }], usage } };
    }
    case '/v1/responses':
      return {
        status: 200,
        body: {
          id: `resp_${context.newToken(48).toLowerCase()}`, object: 'response', created_at: seconds, status: 'completed', error: null, incomplete_details: null, instructions: null, model, output: [],
          parallel_tool_calls: true, metadata: {}, tool_choice: 'auto', tools: [], temperature: 1, top_p: 1,
        },
      };
    case '/v1/images/generations':
      return { status: 200, body: { created: seconds, data: [] } };
    case '/v1/moderations':
      return { status: 200, body: { id: `modr-${context.newToken(29)}`, model, results: [] } };
    case '/v1/embeddings':
      return { status: 200, body: { object: 'list', model, data: [], usage: { prompt_tokens: 0, total_tokens: 0 } } };
    default:
      return { status: 200, body: {} };
  }
}

async function* parts(text: string): AsyncGenerator<string> {
  if (text !== '') yield await Promise.resolve(text);
}

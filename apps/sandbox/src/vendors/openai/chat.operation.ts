import { BoundedCache } from '../../core/bounded-cache.js';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { tokenPieces } from '../../tokens/token-counter.js';
import { chatTurn, readChatRequest, type ChatRequest } from './chat.request.js';
import { answering } from './openai.errors.js';
import { takeTurn, type TurnResult } from './openai.turn.js';

const REMEMBERED_ANSWERS = 500;
const REMEMBERED_BODY_BYTES = 16_384;
const ID_LENGTH = 29;
const CALL_ID_LENGTH = 24;
const PIECE_TOKENS = 2;
/** Between two parts of a stream, in the mode's time. */
const PIECE_MS = 12;
const MARK = '@@call-id@@';

/** A whole answer but for its ids and its time. */
interface PreparedAnswer {
  readonly tail: string;
  readonly hasCallId: boolean;
}

/** `POST /v1/chat/completions`. The answer to a body is a function of the body, so the same body is read once only. */
export function chatOperation(): SimulatedOperation {
  const prepared = new BoundedCache<PreparedAnswer>(REMEMBERED_ANSWERS);
  return {
    name: 'chat.completions', method: 'POST', path: '/v1/chat/completions', latency: { p50: 900, p99: 8_000 },
    handle: (request, _params, context) => {
      const key = request.body.length <= REMEMBERED_BODY_BYTES ? request.body.toString('latin1') : undefined;
      const known = key === undefined ? undefined : prepared.get(key);
      if (known) return whole(known, context);
      return answering(() => {
        const chat = readChatRequest(request.json(), context.now());
        const result = takeTurn(chatTurn(chat));
        if (chat.stream) return { status: 200, stream: events(chat, result, request, context) };
        const answer = prepare(chat, result);
        if (key !== undefined) prepared.set(key, answer);
        return whole(answer, context);
      });
    },
  };
}

function whole({ tail, hasCallId }: PreparedAnswer, context: SimulatorContext): SimulatedResponse {
  const head = `{"id":"chatcmpl-${context.newToken(ID_LENGTH)}","object":"chat.completion","created":${Math.floor(context.now() / 1_000)},`;
  return { status: 200, body: head + (hasCallId ? tail.replaceAll(MARK, () => `call_${context.newToken(CALL_ID_LENGTH)}`) : tail) };
}

function prepare(chat: ChatRequest, result: TurnResult): PreparedAnswer {
  const message = messageOf(result, MARK);
  const choices = Array.from({ length: chat.n ?? 1 }, (_choice, index) => ({ index, message, logprobs: null, finish_reason: finishReason(result) }));
  const body = { model: chat.model, choices, usage: usageOf(result, chat.n ?? 1), service_tier: 'default' };
  return { tail: JSON.stringify(body).slice(1), hasCallId: result.kind === 'calls' };
}

function messageOf(result: TurnResult, callId: string): object {
  const message = { role: 'assistant', content: result.kind === 'text' ? result.text : null, refusal: result.kind === 'refusal' ? result.text : null, annotations: [] };
  if (result.kind !== 'calls') return message;
  return { ...message, tool_calls: [{ id: callId, type: 'function', function: { name: result.name, arguments: result.arguments } }] };
}

function finishReason(result: TurnResult): string {
  if (result.kind === 'calls') return 'tool_calls';
  return result.kind === 'text' && result.isCut ? 'length' : 'stop';
}

function usageOf({ usage: { input, output } }: TurnResult, choices: number): object {
  return {
    prompt_tokens: input, completion_tokens: output * choices, total_tokens: input + output * choices,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

async function* events(chat: ChatRequest, result: TurnResult, request: SimulatedRequest, context: SimulatorContext): AsyncGenerator<string> {
  const withUsage = chat.stream_options?.include_usage === true;
  const common = {
    id: `chatcmpl-${context.newToken(ID_LENGTH)}`, object: 'chat.completion.chunk', created: Math.floor(context.now() / 1_000), model: chat.model, service_tier: 'default',
  };
  const event = (choices: readonly object[], usage: object | null = null): string => `data: ${JSON.stringify({ ...common, choices, ...(withUsage && { usage }) })}\n\n`;
  for (let index = 0; index < (chat.n ?? 1); index += 1) {
    for (const delta of deltasOf(result, context)) {
      yield event([{ index, delta, logprobs: null, finish_reason: null }]);
      await context.pause(PIECE_MS, request.signal);
    }
    yield event([{ index, delta: {}, logprobs: null, finish_reason: finishReason(result) }]);
  }
  if (withUsage) yield event([], usageOf(result, chat.n ?? 1));
  yield 'data: [DONE]\n\n';
}

function deltasOf(result: TurnResult, context: SimulatorContext): object[] {
  if (result.kind === 'calls') {
    const call = { index: 0, id: `call_${context.newToken(CALL_ID_LENGTH)}`, type: 'function', function: { name: result.name, arguments: '' } };
    const pieces = tokenPieces(result.arguments, PIECE_TOKENS).map((piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] }));
    return [{ role: 'assistant', content: null, tool_calls: [call], refusal: null }, ...pieces];
  }
  const name = result.kind === 'text' ? 'content' : 'refusal';
  return [{ role: 'assistant', content: '', refusal: null }, ...tokenPieces(result.text, PIECE_TOKENS).map((piece) => ({ [name]: piece }))];
}

import { SchemaRefused } from '../../compose/compose-value.js';
import { reply, type Conversation, type Reply } from '../../compose/reply.js';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { tokenPieces } from '../../tokens/token-counter.js';
import { conversationOf, countPrompt, readChat, type ChatRequest } from './chat.request.js';
import { answering, HuggingFaceRefusal, invalid } from './huggingface.errors.js';
import { routeModel, type RoutedModel } from './huggingface.models.js';

const PIECE_TOKENS = 3;
const PIECE_MS = 20;
const ARGUMENT_PIECES = /.{1,24}/gsu;
const CALL_ID_LENGTH = 24;
const NOTHING: Reply = { text: '', call: undefined, end: { by: 'itself' }, outputTokens: 0 };

/** `POST /v1/chat/completions` of the router: OpenAI's wire, in the words of text-generation-inference. */
export const chatOperation: SimulatedOperation = {
  name: 'chat.completions', method: 'POST', path: '/v1/chat/completions', latency: { p50: 800, p99: 9_000 },
  handle: (request, _params, context) => answering(() => completion(request, context, composed)),
};

/** An answer without content, as a model may give. */
export const emptyCompletion = (request: SimulatedRequest, context: SimulatorContext): SimulatedResponse => answering(() => completion(request, context, () => NOTHING));

function completion(request: SimulatedRequest, context: SimulatorContext, compose: (conversation: Conversation) => Reply): SimulatedResponse {
  const chat = readChat(request);
  const model = routeModel(chat.model);
  const promptTokens = countPrompt(chat);
  if (promptTokens > model.context) throw invalid(`\`inputs\` tokens + \`max_new_tokens\` must be <= ${model.context}. Given: ${promptTokens} \`inputs\` tokens`);
  const made = compose(conversationOf(chat));
  const answer = { chat, model, made, usage: { prompt_tokens: promptTokens, completion_tokens: made.outputTokens, total_tokens: promptTokens + made.outputTokens } };
  const headers = { 'x-inference-provider': model.provider };
  return chat.stream === true ? { status: 200, headers, stream: events(answer, request, context) } : { status: 200, headers, body: whole(answer, context) };
}

function composed(conversation: Conversation): Reply {
  try {
    return reply(conversation);
  } catch (error) {
    if (error instanceof SchemaRefused) throw new HuggingFaceRefusal(422, { error: `Invalid grammar: ${error.message}`, error_type: 'validation' });
    throw error;
  }
}

interface Answer {
  readonly chat: ChatRequest;
  readonly model: RoutedModel;
  readonly made: Reply;
  readonly usage: object;
}

const head = ({ model }: Answer, object: string, context: SimulatorContext): object => ({
  id: `chatcmpl-${context.newToken(24)}`, object, created: Math.floor(context.now() / 1_000), model: model.id, system_fingerprint: 'fp_sandbox',
});

const finishOf = ({ made }: Answer): string => (made.call ? 'tool_calls' : made.end.by === 'limit' ? 'length' : 'stop');

function whole(answer: Answer, context: SimulatorContext): object {
  const { text, call } = answer.made;
  const called = call && { name: call.name, arguments: JSON.stringify(call.input) };
  const message = called
    ? { role: 'assistant', content: null, tool_calls: [{ id: `call_${context.newToken(CALL_ID_LENGTH)}`, type: 'function', function: called }] }
    : { role: 'assistant', content: text };
  return { ...head(answer, 'chat.completion', context), choices: [{ index: 0, message, logprobs: null, finish_reason: finishOf(answer) }], usage: answer.usage };
}

async function* events(answer: Answer, request: SimulatedRequest, context: SimulatorContext): AsyncGenerator<string> {
  const common = head(answer, 'chat.completion.chunk', context);
  const event = (more: object): string => `data: ${JSON.stringify({ ...common, ...more })}\n\n`;
  for (const delta of deltasOf(answer.made, context)) {
    yield event({ choices: [{ index: 0, delta, logprobs: null, finish_reason: null }] });
    await context.pause(PIECE_MS, request.signal);
  }
  yield event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: finishOf(answer) }] });
  if (answer.chat.stream_options?.include_usage) yield event({ choices: [], usage: answer.usage });
  yield 'data: [DONE]\n\n';
}

function deltasOf({ text, call }: Reply, context: SimulatorContext): object[] {
  if (!call) return ['', ...tokenPieces(text, PIECE_TOKENS)].map((content) => ({ role: 'assistant', content }));
  const id = `call_${context.newToken(CALL_ID_LENGTH)}`;
  const written = JSON.stringify(call.input);
  const pieces = written.match(ARGUMENT_PIECES) ?? [];
  return ['', ...pieces].map((piece, index) => ({
    role: 'assistant', tool_calls: [{ index: 0, id, type: 'function', function: { ...(index === 0 && { name: call.name }), arguments: piece } }],
  }));
}

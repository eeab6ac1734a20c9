import type { SimulatedRequest, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { tokenPieces } from '../../tokens/token-counter.js';
import type { AnswerBlock, WireAnswer } from './anthropic.message.js';

const TOKENS_A_PIECE = 4;
const PIECE_MS = 40;
const ARGUMENT_CHARACTERS = 24;

export const eventText = (data: { readonly type: string }): string => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The events of an answer: https://docs.claude.com/en/api/messages-streaming. The pieces come at the pace of the mode. */
export async function* streamOf(answer: WireAnswer, request: SimulatedRequest, context: SimulatorContext): AsyncGenerator<string> {
  const { content, stop_reason: reason, stop_sequence: sequence, stop_details: details, usage, ...head } = answer;
  const begun = { ...head, content: [], stop_reason: null, stop_sequence: null, stop_details: null, usage: { ...usage, output_tokens: 1 } };
  yield eventText({ type: 'message_start', message: begun } as { type: string });
  for (const [index, block] of content.entries()) {
    for (const event of blockEvents(block, index)) {
      yield eventText(event);
      await context.pause(PIECE_MS, request.signal);
    }
  }
  const { input_tokens: input, output_tokens: output, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage;
  yield eventText({
    type: 'message_delta', delta: { container: null, stop_reason: reason, stop_sequence: sequence, stop_details: details },
    usage: {
      input_tokens: input, output_tokens: output, cache_creation_input_tokens: written, cache_read_input_tokens: read, output_tokens_details: null, server_tool_use: null,
    },
  } as { type: string });
  yield eventText({ type: 'message_stop' });
}

function* blockEvents(block: AnswerBlock, index: number): Generator<{ type: string }> {
  const delta = (piece: object): { type: string } => ({ type: 'content_block_delta', index, delta: piece }) as { type: string };
  if (block.type === 'text') {
    yield { type: 'content_block_start', index, content_block: { ...block, text: '' } } as { type: string };
    const [first = '', ...rest] = tokenPieces(block.text, TOKENS_A_PIECE);
    yield delta({ type: 'text_delta', text: first });
    yield { type: 'ping' };
    for (const text of rest) yield delta({ type: 'text_delta', text });
  } else {
    yield { type: 'content_block_start', index, content_block: { ...block, input: {} } } as { type: string };
    const whole = JSON.stringify(block.input);
    // A tool without parameters is called with no text.
    for (let from = 0; whole !== '{}' && from < whole.length; from += ARGUMENT_CHARACTERS) {
      yield delta({ type: 'input_json_delta', partial_json: whole.slice(from, from + ARGUMENT_CHARACTERS) });
    }
  }
  yield { type: 'content_block_stop', index } as { type: string };
}

import type { SimulatedRequest, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { tokenPieces } from '../../tokens/token-counter.js';
import type { TurnResult } from './openai.turn.js';
import { contentPart, type OutputItem, type WireResponse } from './responses.wire.js';

const PIECE_TOKENS = 2;
const PIECE_MS = 12;

interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The events of a response in the vendor's order, numbered; it ends with the whole response. */
export async function* responseEvents(
  empty: WireResponse, finished: WireResponse, result: TurnResult, request: SimulatedRequest, context: SimulatorContext,
): AsyncGenerator<string> {
  let sequence = 0;
  for (const event of eventsOf(empty, finished, result)) {
    yield `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: sequence })}\n\n`;
    sequence += 1;
    if (event.type.endsWith('.delta')) await context.pause(PIECE_MS, request.signal);
  }
}

function* eventsOf(empty: WireResponse, finished: WireResponse, result: TurnResult): Generator<Event> {
  yield { type: 'response.created', response: empty };
  yield { type: 'response.in_progress', response: empty };
  const [item] = finished.output;
  if (item) yield* result.kind === 'calls' ? callEvents(item, result.name, result.arguments) : textEvents(item, result.kind, result.text);
  yield { type: finished.status === 'incomplete' ? 'response.incomplete' : 'response.completed', response: finished };
}

function* callEvents(item: OutputItem, name: string, written: string): Generator<Event> {
  const place = { item_id: item.id, output_index: 0 };
  yield { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', arguments: '' } };
  for (const delta of tokenPieces(written, PIECE_TOKENS)) yield { type: 'response.function_call_arguments.delta', ...place, delta };
  yield { type: 'response.function_call_arguments.done', ...place, name, arguments: written };
  yield { type: 'response.output_item.done', output_index: 0, item };
}

function* textEvents(item: OutputItem, kind: 'text' | 'refusal', text: string): Generator<Event> {
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  const [name, extra] = kind === 'text' ? (['response.output_text', { logprobs: [] }] as const) : (['response.refusal', {}] as const);
  yield { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } };
  yield { type: 'response.content_part.added', ...place, part: contentPart(kind, '') };
  for (const delta of tokenPieces(text, PIECE_TOKENS)) yield { type: `${name}.delta`, ...place, delta, ...extra };
  yield { type: `${name}.done`, ...place, ...(kind === 'text' ? { text } : { refusal: text }), ...extra };
  yield { type: 'response.content_part.done', ...place, part: contentPart(kind, text) };
  yield { type: 'response.output_item.done', output_index: 0, item };
}

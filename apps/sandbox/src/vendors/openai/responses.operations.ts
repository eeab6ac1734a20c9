import { BoundedCache } from '../../core/bounded-cache.js';
import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { answering, refuse } from './openai.errors.js';
import { takeTurn } from './openai.turn.js';
import { inputItems, readResponsesRequest, responsesTurn, type InputItem } from './responses.request.js';
import { responseEvents } from './responses.stream.js';
import { emptyResponse, finishedResponse, outputItem, type WireResponse } from './responses.wire.js';

interface StoredResponse {
  response: WireResponse;
  /** Everything said up to this response: what a following one goes on from. */
  readonly items: readonly InputItem[];
  /** Of a response made in the background. */
  readonly work: AbortController | undefined;
}

const KEPT_RESPONSES = 1_000;
const BACKGROUND_MS = 2_000;
const LATENCY = { p50: 1_000, p99: 9_000 };
const LOOKUP = { p50: 60, p99: 400 };

/** `POST /v1/responses` and what can be done with a stored response. */
export function responsesOperations(): SimulatedOperation[] {
  const store = new ResponseStore();
  return [
    { name: 'responses.create', method: 'POST', path: '/v1/responses', latency: LATENCY, handle: (request, _params, context) => answering(() => create(request, context, store)) },
    { name: 'responses.get', method: 'GET', path: '/v1/responses/{id}', latency: LOOKUP, handle: (_request, { id = '' }) => answering(() => ({ status: 200, body: store.get(id) })) },
    { name: 'responses.cancel', method: 'POST', path: '/v1/responses/{id}/cancel', latency: LOOKUP, handle: (_request, { id = '' }) => answering(() => ({ status: 200, body: store.cancel(id) })) },
    {
      name: 'responses.delete', method: 'DELETE', path: '/v1/responses/{id}', latency: LOOKUP,
      handle: (_request, { id = '' }) => answering(() => {
        store.delete(id);
        return { status: 200, body: { id, object: 'response', deleted: true } };
      }),
    },
  ];
}

function create(request: SimulatedRequest, context: SimulatorContext, store: ResponseStore): SimulatedResponse {
  const asked = readResponsesRequest(request.json(), context.now());
  const earlier = asked.previous_response_id ? store.itemsOf(asked.previous_response_id) : [];
  const turn = responsesTurn(asked, earlier);
  const result = takeTurn(turn);
  const empty = emptyResponse(asked, asked.background ? 'queued' : 'in_progress', context);
  const item = outputItem(result, context);
  const finish = (): WireResponse => finishedResponse(empty, item, result, { now: context.now(), inputText: turn.prompt.user, request: asked });
  const items = [...earlier, ...inputItems(asked), item as InputItem];
  if (asked.background) return { status: 200, body: inBackground(empty, finish, items, context, store) };
  const finished = finish();
  if (asked.store !== false) store.set(finished.id, { response: finished, items, work: undefined });
  return asked.stream ? { status: 200, stream: responseEvents(empty, finished, result, request, context) } : { status: 200, body: finished };
}

/** Answers at once; the response is finished later, unless it is cancelled before. */
function inBackground(queued: WireResponse, finish: () => WireResponse, items: readonly InputItem[], context: SimulatorContext, store: ResponseStore): WireResponse {
  const work = new AbortController();
  const stored: StoredResponse = { response: queued, items, work };
  store.set(queued.id, stored);
  context.pause(BACKGROUND_MS, work.signal).then(
    () => {
      if (!work.signal.aborted) stored.response = finish();
    },
    () => {
      stored.response = { ...queued, status: 'cancelled' };
    },
  );
  return queued;
}

class ResponseStore {
  private readonly responses = new BoundedCache<StoredResponse>(KEPT_RESPONSES);

  set(id: string, stored: StoredResponse): void {
    this.responses.set(id, stored);
  }

  /** @throws OpenAiRefusal 404 when there is no such response. */
  get(id: string): WireResponse {
    const response = this.responses.get(id)?.response;
    if (!response) throw refuse(`Response with id '${id}' not found.`, null, null, 404);
    return response;
  }

  /** @throws OpenAiRefusal 400 when there is no such response. */
  itemsOf(id: string): readonly InputItem[] {
    const stored = this.responses.get(id);
    if (!stored) throw refuse(`Previous response with id '${id}' not found.`, 'previous_response_id', 'previous_response_not_found');
    return stored.items;
  }

  cancel(id: string): WireResponse {
    const response = this.get(id);
    const stored = this.responses.get(id);
    if (!stored?.work) throw refuse('Cannot cancel a synchronous response.', null, null);
    if (response.status !== 'queued' && response.status !== 'in_progress') return response;
    stored.work.abort();
    stored.response = { ...response, status: 'cancelled' };
    return stored.response;
  }

  delete(id: string): void {
    this.get(id);
    this.responses.delete(id);
  }
}

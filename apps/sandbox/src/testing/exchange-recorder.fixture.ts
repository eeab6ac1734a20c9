/** What went over the wire in one call, with bodies parsed. */
export interface RecordedExchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly request: unknown;
  /** Undefined for a stream. */
  response: unknown;
  /** The events of a stream, parsed; `[DONE]` left out. */
  events: unknown[];
}

/** A `fetch` to give to an SDK, which remembers what the SDK sends and what it receives. */
export function recordExchanges(): { readonly fetch: typeof fetch; readonly exchanges: RecordedExchange[] } {
  const exchanges: RecordedExchange[] = [];
  const record: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    const exchange: RecordedExchange = {
      method: init?.method?.toUpperCase() ?? 'GET', path: url.pathname, status: answer.status, request: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined, response: undefined, events: [],
    };
    exchanges.push(exchange);
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('application/json')) exchange.response = await answer.clone().json();
    if (!type.startsWith('text/event-stream')) return answer;
    const text = await answer.text();
    exchange.events = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => JSON.parse(data) as unknown);
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
  return { fetch: record, exchanges };
}

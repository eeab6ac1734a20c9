import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tokens of one answer, by the vendor's own count. */
interface Billed {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** What the vendor does with a request: answers, answers nothing, refuses, cuts the answer off at its limit, or fails and bills nothing. */
export type BillingTurn = 'answer' | 'empty' | 'refusal' | 'cut' | 'error' | 'busy';

interface VendorPrice {
  readonly model: string;
  /** Micro-dollars for a million tokens. */
  readonly input: bigint;
  readonly cached: bigint;
  readonly output: bigint;
}

export interface BillingVendor {
  readonly url: string;
  /** Micro-dollars of everything that was answered. */
  invoice(): number;
  /** Lines of the invoice, and requests that were not billed. */
  counts(): { billed: number; unbilled: number };
  close(): Promise<void>;
}

export interface BillingVendorOptions {
  readonly price: VendorPrice;
  readonly turnOf: (call: number) => BillingTurn;
}

const MILLION = 1_000_000n;
/** Different for each call, and such that cached tokens come to whole micro-dollars. */
const tokensOf = (call: number): Billed => ({ input: 31 + ((call * 37) % 900), cached: call % 3 === 0 ? 100 * (call % 7) : 0, output: 5 + ((call * 13) % 300) });

/** A vendor that speaks the wire of OpenAI's chat and of Anthropic's messages, and keeps an invoice of its own. */
export async function startBillingVendor({ price, turnOf }: BillingVendorOptions): Promise<BillingVendor> {
  let calls = 0;
  let unbilled = 0;
  const lines: bigint[] = [];
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { stream = false } = JSON.parse(Buffer.concat(parts).toString()) as { stream?: boolean };
    calls += 1;
    const turn = turnOf(calls);
    if (turn === 'error' || turn === 'busy') {
      unbilled += 1;
      return send(response, turn === 'error' ? 500 : 429, { error: { message: 'not now', type: turn === 'error' ? 'server_error' : 'rate_limit_error' } }, { 'retry-after': '0' });
    }
    const tokens = tokensOf(calls);
    lines.push(BigInt(tokens.input) * price.input + BigInt(tokens.cached) * price.cached + BigInt(tokens.output) * price.output);
    const wire = incoming.url?.includes('/messages') ? messagesWire : chatWire;
    const { whole, events } = wire(price.model, turn, tokens);
    if (stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return response.end(events.join(''));
    }
    return send(response, 200, whole);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoice: () => Number(lines.reduce((sum, line) => sum + (line + MILLION - 1n) / MILLION, 0n)),
    counts: () => ({ billed: lines.length, unbilled }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

interface Wire {
  readonly whole: object;
  readonly events: readonly string[];
}

const textOf = (turn: BillingTurn): string => (turn === 'answer' ? 'Uma resposta.' : '');

function chatWire(model: string, turn: BillingTurn, { input, cached, output }: Billed): Wire {
  const usage = { prompt_tokens: input + cached, completion_tokens: output, total_tokens: input + cached + output, prompt_tokens_details: { cached_tokens: cached } };
  const finish = turn === 'refusal' ? 'content_filter' : turn === 'cut' ? 'length' : 'stop';
  const head = { id: 'chatcmpl-1', created: 1, model };
  const event = (body: object): string => `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...body })}\n\n`;
  return {
    whole: { ...head, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: textOf(turn) }, finish_reason: finish }], usage },
    events: [
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: textOf(turn) }, finish_reason: null }] }), event({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }),
      event({ choices: [], usage }), 'data: [DONE]\n\n',
    ],
  };
}

function messagesWire(model: string, turn: BillingTurn, { input, cached, output }: Billed): Wire {
  const usage = { input_tokens: input, output_tokens: output, cache_read_input_tokens: cached, cache_creation_input_tokens: 0 };
  const stop = turn === 'refusal' ? 'refusal' : turn === 'cut' ? 'max_tokens' : 'end_turn';
  const content = textOf(turn) === '' ? [] : [{ type: 'text', text: textOf(turn) }];
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model, stop_reason: null, stop_sequence: null };
  const event = (type: string, body: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...body })}\n\n`;
  return {
    whole: { ...message, content, stop_reason: stop, usage },
    events: [
      event('message_start', { message: { ...message, content: [], usage: { ...usage, output_tokens: 1 } } }),
      ...content.flatMap((block) => [
        event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }), event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: block.text } }),
        event('content_block_stop', { index: 0 }),
      ]),
      event('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage }), event('message_stop', {}),
    ],
  };
}

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, an array of strings as the events of a stream. */
  readonly body: object | string | readonly string[];
}

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface VendorStub {
  readonly url: string;
  readonly requests: StubRequest[];
  /** What the next requests are answered with; the last answer stays. */
  answer(...answers: readonly StubAnswer[]): void;
  close(): Promise<void>;
}

/** A server that says what it is told to, for the words of vendors that the sandbox does not say. */
export async function startVendorStub(): Promise<VendorStub> {
  const requests: StubRequest[] = [];
  let queue: StubAnswer[] = [];
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    requests.push({ method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, text: Buffer.concat(parts).toString() });
    const { status = 200, headers = {}, body } = (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 500, body: 'no answer was set' };
    if (isEvents(body)) {
      response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
      response.end(body.map((event) => `data: ${event}\n\n`).join(''));
      return;
    }
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(...answers) {
      queue = [...answers];
      requests.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isEvents = (body: StubAnswer['body']): body is readonly string[] => Array.isArray(body) && body.every((event) => typeof event === 'string');

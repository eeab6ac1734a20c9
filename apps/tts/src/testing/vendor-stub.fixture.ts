import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | object;
}

/** A server that gives the answer it was told, whatever is asked, and keeps what was asked. */
export async function startVendorStub(): Promise<{ url: string; asked: { path: string; body: string }[]; answer(next: StubAnswer): void; close(): Promise<void> }> {
  let next: StubAnswer = { status: 404 };
  const asked: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body });
      const { status, headers = {}, body: answer = '' } = next;
      const isObject = typeof answer === 'object' && !Buffer.isBuffer(answer);
      response.writeHead(status, { ...(isObject && { 'content-type': 'application/json' }), connection: 'close', ...headers });
      response.end(isObject ? JSON.stringify(answer) : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (wanted) => {
      next = wanted;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

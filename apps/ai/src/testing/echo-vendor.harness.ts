import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EchoVendor {
  readonly url: string;
  /** Status of the answers from now on. */
  status: number;
  /** The credentials that came, so that a test can tell that they did. */
  readonly seen: Set<string>;
  close(): Promise<void>;
}

/** What vendors send keys in. */
const keysIn = (headers: IncomingHttpHeaders): string[] =>
  [headers.authorization?.replace(/^Bearer /, ''), headers['x-api-key'], headers['x-goog-api-key']].flat().filter((key) => key !== undefined && key !== '') as string[];

/** A vendor without manners: it says the key that it was given in every place where an answer has words. */
export async function startEchoVendor(): Promise<EchoVendor> {
  const seen = new Set<string>();
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      const key = keysIn(incoming.headers)[0] ?? '';
      seen.add(key);
      const words = `Incorrect API key provided: ${key} (${encodeURIComponent(key)}, ${Buffer.from(key).toString('base64')})`;
      response.writeHead(vendor.status, { 'content-type': vendor.status === 418 ? 'text/html' : 'application/json', 'x-request-id': key.replace(/[^\w-]/g, '_'), 'request-id': key.replace(/[^\w-]/g, '_') });
      response.end(vendor.status === 418 ? `<h1>${words}</h1>` : JSON.stringify({ type: 'error', error: { message: words, type: words, code: words, param: words, status: words, details: [{ reason: words }] }, message: words }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: EchoVendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    status: 400,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return vendor;
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';

export interface OpsServer {
  port: number;
  close(): Promise<void>;
}

/** `/metrics`, `/live` and `/ready` of a process, on loopback unless told otherwise. */
export async function startOpsServer(options: { port: number; host?: string; metrics: Metrics; ready(): boolean }): Promise<OpsServer> {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') {
      void options.metrics.registry.metrics().then((text) => response.setHeader('content-type', options.metrics.registry.contentType).end(text));
      return;
    }
    if (request.url === '/live') response.end('live\n');
    else if (request.url === '/ready') response.writeHead(options.ready() ? 200 : 503).end(options.ready() ? 'ready\n' : 'draining\n');
    else response.writeHead(404).end();
  });
  await listen(server, options.port, options.host ?? '127.0.0.1');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

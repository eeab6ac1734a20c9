import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDownloads, deleteObjects, listObjects, type RequestOf, type RpcContract } from '@tecnocursos/contracts';
import { HEADER, type BusConnection } from '@tecnocursos/messaging';

export interface ObjectsStandIn {
  /** Contents by `<tenant>/<key>`. */
  readonly stored: Map<string, string>;
  close(): Promise<void>;
}

/** Objects of tests: what the storage does of listing, reading and deleting, over the bus and HTTP. */
export async function startObjects(connection: BusConnection): Promise<ObjectsStandIn> {
  const stored = new Map<string, string>();
  const server = createServer((request, response) => {
    const text = stored.get(request.url?.slice(1) ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serve = <C extends RpcContract>(contract: C, answer: (request: RequestOf<C>, tenantId: string) => unknown) =>
    connection.subscribe(contract.subject, {
      callback: (_error, message) => void message.respond(JSON.stringify(answer(contract.request.parse(message.json()) as RequestOf<C>, message.headers?.get(HEADER.tenant) ?? ''))),
    });
  const keysOf = (tenantId: string, folder: string): string[] =>
    [...stored.keys()].filter((path) => path.startsWith(`${tenantId}/${folder}/`)).map((path) => path.slice(tenantId.length + 1)).sort();
  const subscriptions = [
    serve(createDownloads, ({ keys }, tenantId) => ({ urls: keys.map((key) => `${base}/${tenantId}/${key}`), expires_at: '2099-01-01T00:00:00.000Z' })),
    serve(listObjects, ({ folder = '', after, limit }, tenantId) => {
      const keys = keysOf(tenantId, folder).filter((key) => after === undefined || key > after);
      return { objects: keys.slice(0, limit).map((key) => ({ key, size: stored.get(`${tenantId}/${key}`)?.length ?? 0, modified_at: '2026-01-01T00:00:00.000Z' })), has_more: keys.length > limit };
    }),
    serve(deleteObjects, ({ keys, folder }, tenantId) => {
      const all = [...keys, ...(folder === undefined ? [] : keysOf(tenantId, folder))];
      return { deleted: all.filter((key) => stored.delete(`${tenantId}/${key}`)).length };
    }),
  ];
  return {
    stored,
    close: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

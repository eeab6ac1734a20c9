import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { createDownloads, createUpload, deleteObjects } from '@tecnocursos/contracts';
import type { IdentityHarness } from '../identity.harness.js';
import { sendJson, startServer, type StandIn } from '../social/testing/http-server.harness.js';

export interface StorageStandIn extends StandIn {
  /** By `<tenant>/<key>`. */
  readonly objects: Map<string, Buffer>;
}

/** The storage's contracts and its HTTP, in memory. */
export async function startStorage(identity: IdentityHarness): Promise<StorageStandIn> {
  const objects = new Map<string, Buffer>();
  const server = await startServer(() => async (request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    if (request.method === 'PUT') {
      const bytes = await buffer(request);
      objects.set(path, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return sendJson(response, 201, { key: path.slice(37), content_type: request.headers['content-type'], size: bytes.length, sha256 });
    }
    const bytes = objects.get(path);
    if (!bytes) return void response.writeHead(404).end();
    response.writeHead(200).end(bytes);
  });
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const urlOf = (tenantId: string, key: string): string => `${server.url}/${tenantId}/${key}`;
  identity.serve(createUpload, ({ key }, tenantId) => ({ url: urlOf(tenantId, key), method: 'PUT' as const, expires_at: expires }));
  identity.serve(createDownloads, ({ keys }, tenantId) => ({ urls: keys.map((key) => urlOf(tenantId, key)), expires_at: expires }));
  identity.serve(deleteObjects, ({ keys = [] }, tenantId) => ({ deleted: keys.filter((key) => objects.delete(`${tenantId}/${key}`)).length }));
  return { ...server, objects };
}

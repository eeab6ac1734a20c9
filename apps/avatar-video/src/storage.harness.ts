import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Controller, Module } from '@nestjs/common';
import { AppError, createDownloads, createUpload, deleteObjects, headObject, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import type { ServiceDefinition } from '@tecnocursos/nest-kit';

export interface StorageHarness {
  /** Stands in for the storage service on the bus. */
  service: ServiceDefinition;
  /** What is stored, by key. */
  objects: Map<string, Buffer>;
  close(): Promise<void>;
}

const EXPIRES_AT = '2100-01-01T00:00:00Z';

/** A storage in memory that speaks the storage's contracts, and HTTP for the bytes. */
export async function startStorage(): Promise<StorageHarness> {
  const objects = new Map<string, Buffer>();
  const server = byteServer(objects);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const urlOf = (key: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${key}`;

  @Controller()
  class StorageController {
    @RpcHandler(createDownloads)
    async downloads({ keys }: RequestOf<typeof createDownloads>): Promise<ReplyInput<typeof createDownloads>> {
      return { urls: keys.map(urlOf), expires_at: EXPIRES_AT };
    }

    @RpcHandler(createUpload)
    async upload({ key }: RequestOf<typeof createUpload>): Promise<ReplyInput<typeof createUpload>> {
      return { url: urlOf(key), method: 'PUT', expires_at: EXPIRES_AT };
    }

    @RpcHandler(deleteObjects)
    async remove({ keys, folder }: RequestOf<typeof deleteObjects>): Promise<ReplyInput<typeof deleteObjects>> {
      const gone = [...objects.keys()].filter((key) => keys.includes(key) || (folder !== undefined && key.startsWith(`${folder}/`)));
      for (const key of gone) objects.delete(key);
      return { deleted: gone.length };
    }

    @RpcHandler(headObject)
    async head({ key }: RequestOf<typeof headObject>): Promise<ReplyInput<typeof headObject>> {
      const bytes = objects.get(key);
      if (!bytes) throw new AppError('not_found', `Nothing is stored as ${key}.`);
      return { object: { key, content_type: 'application/octet-stream', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') } };
    }
  }
  @Module({ controllers: [StorageController] })
  class StorageModule {}

  return {
    service: { name: 'storage', module: StorageModule },
    objects,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function byteServer(objects: Map<string, Buffer>): Server {
  return createServer((request, response) => {
    const key = (request.url ?? '/').slice(1);
    if (request.method === 'GET') {
      const stored = objects.get(key);
      response.writeHead(stored ? 200 : 404).end(stored);
      return;
    }
    void buffer(request).then((bytes) => {
      objects.set(key, bytes);
      const reference = { key, content_type: request.headers['content-type'], size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(reference));
    });
  });
}

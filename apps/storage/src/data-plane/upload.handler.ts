import { AppError, type ObjectRef } from '@tecnocursos/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ObjectStore } from '../ports/object-store.port.js';
import { essence } from './download-headers.js';
import { openLink } from './link-request.js';

/** Answers PUT: the body becomes the object, as a whole or not at all. */
export async function takeUpload(request: FastifyRequest, reply: FastifyReply, store: ObjectStore, signingKey: Buffer): Promise<FastifyReply> {
  const { address, grant } = openLink(request.raw.url ?? '', 'write', signingKey, Math.floor(Date.now() / 1000));
  const given = request.headers['content-type'];
  if (given !== undefined && essence(given) !== essence(grant.c)) {
    throw new AppError('unsupported_media_type', `This link takes ${grant.c}.`);
  }
  if (Number(request.headers['content-length'] ?? 0) > grant.n) {
    throw new AppError('payload_too_large', `At most ${grant.n} bytes may be stored here.`);
  }
  // The request must outlive an iteration that ends early: destroying it would close the socket before the answer.
  const body = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const { contentType, size, sha256 } = await store.put(address, body, { contentType: grant.c, maxBytes: grant.n });
  return reply.code(201).send({ key: address.key, content_type: contentType, size, sha256 } satisfies ObjectRef);
}

import { AppError } from '@tecnocursos/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ByteRange, ObjectStore, OpenObject } from '../ports/object-store.port.js';
import { parseByteRange } from './byte-range.js';
import { downloadHeaders, entityTag, matchesEntityTag } from './download-headers.js';
import { openLink } from './link-request.js';

/** Answers GET and HEAD of an object. */
export async function serveDownload(request: FastifyRequest, reply: FastifyReply, store: ObjectStore, signingKey: Buffer): Promise<FastifyReply> {
  const nowS = Math.floor(Date.now() / 1000);
  const { address, grant } = openLink(request.raw.url ?? '', 'read', signingKey, nowS);
  const object = await store.open(address);
  if (!object) throw new AppError('not_found', 'Nothing is stored here.');
  try {
    reply.headers(downloadHeaders(object.info, address.key, grant.e - nowS));
    return await send(request, reply, object);
  } catch (error) {
    await object.close();
    throw error;
  }
}

async function send(request: FastifyRequest, reply: FastifyReply, object: OpenObject): Promise<FastifyReply> {
  const { size } = object.info;
  if (matchesEntityTag(request.headers['if-none-match'], object.info)) {
    await object.close();
    return reply.code(304).removeHeader('content-type').send();
  }
  const range = requestedRange(request, object);
  if (range === 'unsatisfiable') {
    for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
    reply.header('content-range', `bytes */${size}`);
    throw new AppError('range_not_satisfiable', `The object has ${size} bytes.`);
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  reply.header('content-length', range ? range.last - range.first + 1 : size);
  if (request.method === 'HEAD') {
    await object.close();
    return reply.send();
  }
  return reply.send(object.read(range));
}

/** Ranges are for GET alone, and with If-Range only of the version that the client has (RFC 9110 §13.1.5, §14.2). */
function requestedRange(request: FastifyRequest, object: OpenObject): ByteRange | 'unsatisfiable' | undefined {
  const condition = request.headers['if-range'];
  if (request.method !== 'GET' || (condition !== undefined && condition !== entityTag(object.info))) return undefined;
  return parseByteRange(request.headers.range, object.info.size);
}

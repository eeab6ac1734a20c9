import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@tecnocursos/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool, type Dispatcher } from 'undici';
import { z } from 'zod';
import { toRoutePath } from '../http/operation.decorator.js';
import { pathOf, PROBLEM_CONTENT_TYPE, ProblemSchema } from '../http/problem.js';
import { downloadFileOperation, uploadFileOperation } from './files.operations.js';

/** RFC 9110 §7.6.1: they speak of one connection and not of the message. */
const HOP_BY_HOP = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);
const DOT_SEGMENT = /(^|[/\\])(\.|%2e){1,2}($|[/\\])/i;
const CONNECTIONS = 256;
const HEADERS_TIMEOUT_MS = 30_000;
/** A player that pauses reads nothing for minutes. */
const BODY_TIMEOUT_MS = 600_000;

/** Passes `/files/*` on to the storage service, byte for byte and no faster than it is read. */
export function addFilesProxy(server: FastifyInstance, storageUrl: string): void {
  const { origin, pathname } = new URL(storageUrl);
  const pool = new Pool(origin, { connections: CONNECTIONS, headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: BODY_TIMEOUT_MS });
  const prefix = pathname.replace(/\/$/, '');
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => pass(pool, prefix, request, reply);
    scope.route({ method: 'GET', url: toRoutePath(downloadFileOperation.path), config: { operation: downloadFileOperation }, exposeHeadRoute: false, handler });
    scope.route({ method: 'HEAD', url: toRoutePath(downloadFileOperation.path), config: { operation: downloadFileOperation }, handler });
    scope.route({ method: 'PUT', url: toRoutePath(uploadFileOperation.path), config: { operation: uploadFileOperation }, handler });
    scope.addHook('onClose', () => pool.destroy());
  });
}

async function pass(pool: Pool, prefix: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (DOT_SEGMENT.test(decodeURIComponent(pathOf(request.url)))) throw new AppError('not_found', 'Stored objects have no such names.');
  const { scope } = request;
  const method = request.method as 'GET' | 'HEAD' | 'PUT';
  const started = performance.now();
  const response = await pool
    .request({
      path: prefix + request.url, method, signal: scope.signal,
      headers: { ...endToEnd(request.headers), 'x-request-id': scope.requestId },
      ...(method === 'PUT' && { body: request.raw }),
    })
    .catch((cause: unknown) => {
      throw new AppError('unavailable', 'The storage cannot be reached.', { retryAfterS: 2, cause });
    });
  scope.busMs += performance.now() - started;
  if (method !== 'HEAD' && String(response.headers['content-type']).startsWith(PROBLEM_CONTENT_TYPE)) throw await problemOf(response, reply);
  return reply.code(response.statusCode).headers(endToEnd(response.headers)).send(response.body);
}

const StorageProblemSchema = z.object({ code: ProblemSchema.shape.code, detail: z.string() });

/** The storage's refusals, with the request's id and path as all of ours have them. */
async function problemOf(response: Dispatcher.ResponseData, reply: FastifyReply): Promise<AppError> {
  const problem = StorageProblemSchema.safeParse(await response.body.json());
  const range = response.headers['content-range'];
  if (range !== undefined) reply.header('content-range', range);
  return problem.success ? new AppError(problem.data.code, problem.data.detail) : new AppError('unavailable', 'The storage cannot answer.', { retryAfterS: 2 });
}

function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set(String(headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'host' && name !== 'expect' && !HOP_BY_HOP.has(name) && !named.has(name)) kept[name] = value;
  }
  return kept;
}

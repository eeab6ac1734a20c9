import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppError, MAX_UPLOAD_BYTES, newId } from '@tecnocursos/contracts';
import type { FastifyError, FastifyRequest } from 'fastify';
import { isDeeperThan } from '../limits/json-depth.js';
import { API_HEADERS } from './security-headers.js';
import { problemHeaders, toProblem } from './problem.js';

export const JSON_LIMIT_BYTES = 1024 * 1024;
const HEADERS_TIMEOUT_MS = 15_000;
/** A file of 50 MB over a slow line. */
const REQUEST_TIMEOUT_MS = 600_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** Objects and arrays inside each other; what an honest request needs is below ten. */
const MAX_JSON_DEPTH = 32;

/** @param trustedProxies addresses and networks whose X-Forwarded-For is believed. */
export function createAdapter(trustedProxies: readonly string[] = []): FastifyAdapter {
  const adapter = new FastifyAdapter({
    skipMiddie: true,
    multipart: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, maxHeaderSize: MAX_HEADER_BYTES },
    // Requests that came in while draining are answered, not refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 4096, ignoreTrailingSlash: true },
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: { raw: ServerResponse }) => {
      refuse(reply.raw, new AppError('invalid_request', 'The URL cannot be read: its percent-encoding is broken, or a part of it is too long.', {
        issues: [{ field: '(url)', message: 'Encode it as RFC 3986 says, and keep it short.' }],
      }), request.raw.url ?? '/');
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => refuseSocket(error, socket),
  });
  addParsers(adapter);
  return adapter;
}

function addParsers(adapter: FastifyAdapter): void {
  const server = adapter.getInstance();
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients that always send a content type send it with empty bodies, too.
    if (body === '') done(null, undefined);
    else if (isDeeperThan(body as string, MAX_JSON_DEPTH)) done(tooDeep());
    else void parseJson(request, body as string, done);
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.operation?.urlEncoded) done(null, Object.fromEntries(new URLSearchParams(body as string)));
    else done(new AppError('unsupported_media_type', 'This operation takes no form. Send application/json.'));
  });
  void server.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: MAX_UPLOAD_BYTES + 1, files: 5, fields: 30, parts: 40, fieldSize: 4096, fieldNameSize: 100, headerPairs: 20 },
  });
}

const tooDeep = (): AppError => {
  const message = `Nest objects and arrays ${MAX_JSON_DEPTH} deep at most.`;
  return new AppError('invalid_request', message, { issues: [{ field: '(body)', message }] });
};

function refuse(response: ServerResponse, error: AppError, url: string): void {
  const requestId = newId();
  response
    .writeHead(error.status, { ...API_HEADERS, ...problemHeaders(error), 'x-request-id': requestId })
    .end(JSON.stringify(toProblem(error, { url, requestId })));
}

/** Bytes that are no HTTP at all, or headers beyond all limits: there is no request to answer, only a socket. */
function refuseSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const detail = tooLong ? `URL and headers together may have ${MAX_HEADER_BYTES / 1024} kB.` : 'This is not a complete HTTP request.';
  const problem = new AppError('invalid_request', detail, { issues: [{ field: tooLong ? '(url)' : '(request)', message: detail }] });
  const body = JSON.stringify(toProblem(problem, { url: '', requestId: newId() }));
  const headers = Object.entries({ ...problemHeaders(problem), 'content-length': Buffer.byteLength(body), connection: 'close' });
  socket.end(`HTTP/1.1 400 Bad Request\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
}

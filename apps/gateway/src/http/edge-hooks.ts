import type { Logger, Metrics } from '@tecnocursos/nest-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatorService } from '../access/authenticator.service.js';
import type { EdgeLimits } from '../limits/edge-limits.js';
import { writeRateHeaders } from '../limits/rate-headers.js';
import type { Caller } from '../access/caller.js';
import { requirePermitted } from '../access/permit.js';
import { clientOf } from './client-of.js';
import type { Drain } from './drain.js';
import { isPublic } from './operation.js';
import { RequestScope } from './request-scope.js';
import { API_HEADERS } from './security-headers.js';

const SCOPE = Symbol('scope');

declare module 'fastify' {
  interface FastifyRequest {
    readonly scope: RequestScope;
    [SCOPE]: RequestScope | null;
  }
}

export interface EdgeParts {
  drain: Drain;
  authenticator: AuthenticatorService;
  limits: EdgeLimits;
  logger: Logger;
  metrics: Metrics;
}

/** Fastify hooks and not Nest interceptors: they are on the path of every request, and run before its body is read. */
export function addEdgeHooks(server: FastifyInstance, { logger, ...others }: EdgeParts): void {
  // Its lines have no fields but ours, so none is looked for by its name; secrets are taken out by value as everywhere.
  const parts: EdgeParts = { ...others, logger: logger.child({}, { redact: [] }) };
  server.decorateRequest(SCOPE, null);
  // Made when first asked for: CORS preflights and some 404s are answered by the framework before our hooks run.
  server.decorateRequest('scope', {
    getter(this: FastifyRequest) {
      return (this[SCOPE] ??= new RequestScope(this.headers['x-request-id']));
    },
  });
  server.addHook('onRequest', (request, reply, done) => {
    openScope(request, reply, parts);
    const refusal = attempt(() => parts.limits.admitAddress(request, request.routeOptions.config.operation));
    if (refusal) done(refusal);
    else authenticate(request, parts, done);
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    describeAnswer(request.scope, reply, parts.drain);
    done();
  });
}

function openScope(request: FastifyRequest, reply: FastifyReply, { drain, limits, logger, metrics }: EdgeParts): void {
  const { scope } = request;
  drain.begin();
  // Storage answers for its own objects: players and downloads need other rules than JSON.
  if (request.routeOptions.config.operation?.tag !== 'files') reply.headers(API_HEADERS);
  // 'close' comes for every answer, aborted ones too.
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) scope.abort();
    drain.end();
    limits.leave(request);
    record(request, reply, logger, metrics);
  });
}

/** Closed by default: only an operation that says `public` is reached without a credential. Unrouted requests go on to their 404. */
function authenticate(request: FastifyRequest, { authenticator, limits }: EdgeParts, done: (error?: Error) => void): void {
  const { operation } = request.routeOptions.config;
  if (request.is404 || (operation && isPublic(operation))) {
    done();
    return;
  }
  const enter = (caller: Caller): void => {
    request.scope.enter(caller);
    limits.admitCaller(request, caller);
    if (operation) requirePermitted(operation, caller);
  };
  const { authorization } = request.headers;
  const known = authenticator.recall(authorization);
  const entering = known ? attempt(() => enter(known)) : authenticator.verify({ authorization, requestId: request.scope.requestId, client: clientOf(request) }).then(enter);
  if (entering instanceof Promise) entering.then(() => done(), done);
  else done(entering);
}

function attempt(run: () => void): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const round = (milliseconds: number): string => milliseconds.toFixed(2);

function describeAnswer(scope: RequestScope, reply: FastifyReply, drain: Drain): void {
  const total = performance.now() - scope.startedAt;
  reply.header('x-request-id', scope.requestId);
  reply.header('server-timing', `bus;dur=${round(scope.busMs)}, vendor;dur=${round(scope.vendorMs)}, total;dur=${round(total)}`);
  reply.header('x-tc-overhead-ms', round(Math.max(0, total - scope.vendorMs)));
  const { servedBy, rate } = scope;
  if (rate) writeRateHeaders(reply, rate);
  if (servedBy) reply.headers({ 'x-tc-provider': servedBy.provider, 'x-tc-simulated': String(servedBy.simulated), 'x-tc-cache': servedBy.cache ?? 'off' });
  if (drain.isDraining) reply.header('connection', 'close');
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Reads that succeed are logged at debug: progress is polled, and a line for each would drown what changes something. */
function record(request: FastifyRequest, reply: FastifyReply, logger: Logger, metrics: Metrics): void {
  const { scope, method } = request;
  const status = reply.raw.writableFinished ? reply.statusCode : 499;
  const route = request.routeOptions.url ?? 'unrouted';
  const elapsedMs = performance.now() - scope.startedAt;
  metrics.httpAnswered(method, route, status, elapsedMs);
  const level = status >= 500 ? 'warn' : status < 400 && READS.has(method) ? 'debug' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  logger[level]({ method, route, status, ms: Math.round(elapsedMs * 100) / 100, request_id: scope.requestId, ...(scope.tenantId !== '' && { tenant_id: scope.tenantId }) }, 'answered');
}

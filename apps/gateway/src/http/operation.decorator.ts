import { HttpCode, Req, RequestMapping, RequestMethod, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { runInContext } from '@tecnocursos/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inputReader } from './operation-input.js';
import type { InputOf, OperationDefinition, SuccessOf } from './operation.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route has one; a route without is refused when the gateway starts. */
    operation?: OperationDefinition;
  }
}

/** The HTTP side of an operation, for handlers that need more than its input. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

const DEADLINE_MS = 30_000;

/** `/api/courses/{course_id}` → `/api/courses/:course_id`; `{path*}` → `*`. */
export const toRoutePath = (path: string): string => path.replace(/\{[a-z_]+\*\}/g, '*').replace(/\{([a-z_]+)\}/g, ':$1');

/**
 * Makes a controller's method the handler of an operation: routed, checked by the operation's schemas, and run in the
 * context (tenant, request id, deadline, signal) that its calls on the bus carry.
 */
export function Operation<D extends OperationDefinition>(definition: D) {
  const read = inputReader(definition);
  const deadlineMs = definition.deadlineMs ?? DEADLINE_MS;
  return <M extends (input: InputOf<D>, exchange: Exchange) => Promise<SuccessOf<D>>>(
    target: object, key: string, descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    const handle = descriptor.value as M;
    const serve = function (this: unknown, request: FastifyRequest, reply: FastifyReply): Promise<SuccessOf<D>> {
      const input = read(request);
      request.scope.deadline = Date.now() + deadlineMs;
      return runInContext(request.scope, () => handle.call(this, input, { request, reply }));
    };
    descriptor.value = serve as unknown as M;
    const route: [object, string, TypedPropertyDescriptor<M>] = [target, key, descriptor];
    RequestMapping({ method: RequestMethod[definition.method], path: toRoutePath(definition.path) })(...route);
    HttpCode(definition.success.status)(...route);
    RouteConfig({ operation: definition })(...route);
    Req()(target, key, 0);
    Res({ passthrough: true })(target, key, 1);
  };
}

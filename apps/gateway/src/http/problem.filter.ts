import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import type { Logger } from '@tecnocursos/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openAiError } from '../chat/openai-error.js';
import { toAppError } from './http-error.mapper.js';
import { pathOf, problemHeaders, toProblem } from './problem.js';
import type { RouteTable } from './route-table.js';

/** Every error leaves as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = error instanceof NotFoundException && request.is404 ? this.unrouted(request, reply) : toAppError(error);
    if (problem.status >= 500) this.logger.error({ err: problem.cause ?? problem, request_id: request.scope.requestId }, 'request failed');
    // Fastify asks to close after a body that was too large; a closed socket loses the answer while the client still sends.
    if (problem.code === 'payload_too_large') reply.removeHeader('connection');
    void reply
      .code(problem.status)
      .headers(problemHeaders(problem))
      .send(JSON.stringify({ ...toProblem(problem, { url: request.url, requestId: request.scope.requestId }), ...(isOpenAiPath(request.url) && { error: openAiError(problem) }) }));
  }

  private unrouted(request: FastifyRequest, reply: FastifyReply): AppError {
    const path = pathOf(request.url);
    const allowed = this.routes.methodsOf(path);
    if (allowed.length === 0) return new AppError('not_found', `There is nothing at ${path}. See /api/docs for what there is.`);
    reply.header('allow', allowed.join(', '));
    return new AppError('method_not_allowed', `${path} takes ${allowed.join(', ')}.`);
  }
}

/** Clients of OpenAI's API look for a member of their own. */
const isOpenAiPath = (url: string): boolean => url.startsWith('/v1/');

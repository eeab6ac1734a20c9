import type { Client } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';

const MAX_USER_AGENT = 400;
const NOT_PRINTABLE = /\p{Cc}/gu;

/** Where a request came from, as services keep it: the address that trusted proxies report, and what the client calls itself. */
export function clientOf(request: FastifyRequest): Client {
  const agent = request.headers['user-agent'] ?? '';
  return { address: request.ip, user_agent: agent.replace(NOT_PRINTABLE, '').slice(0, MAX_USER_AGENT) };
}

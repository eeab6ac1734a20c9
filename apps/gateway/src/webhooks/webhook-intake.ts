import { AppError, newId, WEBHOOK_MAX_BYTES, WebhookVendorSchema, type ReceivedWebhook, type WebhookVendor } from '@tecnocursos/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toRoutePath } from '../http/operation.decorator.js';
import { receiveTokenWebhookOperation, receiveWebhookOperation } from './webhook-intake.operations.js';
import type { WebhookStore } from './webhook-store.js';

const MAX_TOKEN = 200;
const MAX_HEADER = 8_192;
/** What browsers send along by themselves is none of a vendor's business. */
const LEFT_OUT = new Set(['cookie']);

/**
 * Takes calls of vendors as raw bytes, because signatures are made of bytes, and answers as soon as the broker has them. Routes of Fastify and not of Nest: their
 * bodies are parsed by nobody.
 */
export function addWebhookIntake(server: FastifyInstance, store: WebhookStore): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WEBHOOK_MAX_BYTES }, (_request, body, done) => done(null, body));
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => receive(request, reply, store);
    const onRequest = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
      const length = Number(request.headers['content-length'] ?? 0);
      done(length > WEBHOOK_MAX_BYTES ? tooLarge() : undefined);
    };
    for (const operation of [receiveWebhookOperation, receiveTokenWebhookOperation]) {
      scope.route({ method: 'POST', url: toRoutePath(operation.path), config: { operation }, onRequest, handler });
    }
  });
}

async function receive(request: FastifyRequest, reply: FastifyReply, store: WebhookStore): Promise<FastifyReply> {
  const { vendor, token } = addressOf(request);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const call: ReceivedWebhook = {
    id: newId(), vendor, token, headers: headersOf(request), body_base64: body.toString('base64'), received_at: new Date().toISOString(),
  };
  await store.store(vendor, call);
  return reply.code(202).send();
}

function addressOf(request: FastifyRequest): { vendor: WebhookVendor; token: string | null } {
  const { vendor, token } = request.params as { vendor: string; token?: string };
  const known = WebhookVendorSchema.safeParse(vendor);
  if (!known.success || (token !== undefined && token.length > MAX_TOKEN)) throw new AppError('not_found', 'No vendor calls here.');
  return { vendor: known.data, token: token ?? null };
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  const given = Object.entries(headers).filter(([name]) => !LEFT_OUT.has(name) && name.length <= MAX_TOKEN);
  return Object.fromEntries(given.map(([name, value]) => [name, [value ?? ''].flat().join(', ').slice(0, MAX_HEADER)]));
}

const tooLarge = (): AppError =>
  new AppError('payload_too_large', `A call may have ${WEBHOOK_MAX_BYTES / 1024} kB.`, { issues: [{ field: '(body)', message: 'Send less.' }] });

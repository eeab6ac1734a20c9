import type { EventContract, JobContract, RpcContract, StreamContract } from '@tecnocursos/contracts';
import { HEADER } from '@tecnocursos/messaging';
import { inputSchema, outputSchema, type JsonSchema } from './json-schemas.js';

type Contract = RpcContract | StreamContract | EventContract | JobContract;

const VERSION = '0.1.0';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const HEADERS: Readonly<Record<string, JsonSchema>> = {
  callHeaders: {
    type: 'object',
    properties: {
      [HEADER.tenant]: text('id of the tenant that asks; required where the operation says so'),
      [HEADER.requestId]: text('one id from the HTTP request to the last job step'),
      [HEADER.timeoutMs]: text('milliseconds that the caller waits'),
      [HEADER.idempotencyKey]: text('the same key has the same effect once'),
    },
  },
  replyHeaders: {
    type: 'object',
    properties: { [HEADER.error]: text('code of the error; the payload is then a WireError. Absent on success') },
  },
};

const wireError: JsonSchema = {
  type: 'object',
  required: ['code', 'detail'],
  properties: {
    code: { type: 'string' },
    detail: { type: 'string' },
    issues: { type: 'array', items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, message: { type: 'string' } } } },
    retry_after_s: { type: 'number' },
  },
};

/** AsyncAPI ids have no dots. */
const idOf = (subject: string): string => subject.replaceAll('.', '_').replaceAll('-', '_');
const refTo = (path: string): JsonSchema => ({ $ref: `#/${path}` });

/** Every subject of the bus as AsyncAPI 3.0, made of the contracts that check its messages. */
export function buildAsyncApiDocument(catalog: readonly Contract[]): JsonSchema {
  const channels: JsonSchema = {};
  const operations: JsonSchema = {};
  for (const contract of catalog) {
    const id = idOf(contract.subject);
    channels[id] = { address: contract.subject, description: contract.summary, messages: messagesOf(contract) };
    if (isRequest(contract)) channels[`${id}_reply`] = { address: null, messages: replyOf(contract) };
    operations[id] = isRequest(contract) ? rpcOperation(id, contract) : { action: contract.kind === 'event' ? 'send' : 'receive', channel: refTo(`channels/${id}`), summary: contract.summary };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'TecnoCursos bus', version: VERSION, license: { name: 'MIT' },
      description: 'Requests and replies on core NATS; jobs and events on JetStream. While a request is worked on, its reply subject receives a message with the status 102 every second.',
    },
    defaultContentType: 'application/json',
    servers: { nats: { host: '127.0.0.1:4222', protocol: 'nats' } },
    channels, operations,
    components: { schemas: { ...HEADERS, WireError: wireError } },
  };
}

const isRequest = (contract: Contract): contract is RpcContract | StreamContract => contract.kind === 'rpc' || contract.kind === 'stream';

function messagesOf(contract: Contract): JsonSchema {
  const headers = refTo('components/schemas/callHeaders');
  if (isRequest(contract)) return { request: { headers, payload: inputSchema(contract.request) } };
  return { [contract.kind]: { headers, payload: outputSchema(contract.payload) } };
}

function replyOf(contract: RpcContract | StreamContract): JsonSchema {
  const headers = refTo('components/schemas/replyHeaders');
  // A stream sends one message after the other to `<reply>.<n>`, each a list of parts; an empty list ends it.
  const payload = contract.kind === 'rpc' ? outputSchema(contract.reply) : { type: 'array', items: outputSchema(contract.part) };
  return { success: { headers, payload }, error: { headers, payload: refTo('components/schemas/WireError') } };
}

function rpcOperation(id: string, contract: RpcContract | StreamContract): JsonSchema {
  return {
    action: 'receive',
    channel: refTo(`channels/${id}`),
    summary: contract.summary,
    messages: [refTo(`channels/${id}/messages/request`)],
    reply: { address: { location: '$message.header#/reply-to', description: "the message's NATS reply subject" }, channel: refTo(`channels/${id}_reply`) },
    'x-tenant': contract.tenant,
    'x-timeout-ms': contract.timeoutMs,
    'x-error-codes': contract.errors,
  };
}

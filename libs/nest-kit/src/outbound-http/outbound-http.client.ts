import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { guardedConnector, systemResolver, type Resolver } from './guarded-connector.js';
import { OutboundFailure, toOutboundFailure } from './outbound-failure.js';
import { fieldRefusal, isTrusted, NOT_PUBLIC, requireAllowed, requireAllowedField, type OutboundPolicy } from './outbound-policy.js';
import { isAddressLiteral, isPublicAddress } from './public-address.js';

export interface OutboundRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Bytes of the answer's body; 1 MiB when absent. */
  readonly maxBytes?: number;
  /** Milliseconds for all of it, redirects and body included; 10,000 when absent. */
  readonly timeoutMs?: number;
  /** Redirects of a GET or HEAD that are followed, each checked like the first address; none when absent, at most 3. */
  readonly redirects?: number;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Address that answered in the end. */
  readonly url: string;
}

export type OutboundFile = Omit<OutboundAnswer, 'body'> & { readonly size: number };

export interface OutboundHttpOptions {
  readonly policy?: OutboundPolicy;
  readonly resolve?: Resolver;
}

const MIB = 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
/** Many: one host may serve the addresses of many, of which some hang. */
const CONNECTIONS_PER_HOST = 256;
/** Stay behind when a redirect leads to another host. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * The one HTTP client for addresses that tenants and vendors give us. It reaches public addresses alone, over https, without compression, within limits of
 * size and time; what may be reached besides is named in the policy.
 */
export class OutboundHttp {
  private readonly policy: OutboundPolicy;
  private readonly resolve: Resolver;
  private readonly agent: Agent;

  constructor({ policy = {}, resolve = systemResolver }: OutboundHttpOptions = {}) {
    this.policy = policy;
    this.resolve = resolve;
    this.agent = new Agent({ connect: guardedConnector({ policy, resolve }), connections: CONNECTIONS_PER_HOST, pipelining: 1, keepAliveTimeout: 4_000 });
  }

  /**
   * For an address in a request that is called later: tells at once what would be refused then.
   * @throws AppError `invalid_request` that names the field.
   */
  async checkField(text: string, field: string): Promise<URL> {
    const url = requireAllowedField(text, this.policy, field);
    if (isAddressLiteral(url.hostname) || isTrusted(url.hostname, Number(url.port), this.policy)) return url;
    const addresses = await this.resolve(url.hostname).catch(() => []);
    if (addresses.length === 0) throw fieldRefusal(field, 'Use a host name that can be resolved.');
    if (!addresses.every(({ address }) => isPublicAddress(address))) throw fieldRefusal(field, NOT_PUBLIC);
    return url;
  }

  /** Any status is an answer. @throws OutboundFailure. */
  async request(wanted: OutboundRequest): Promise<OutboundAnswer> {
    return this.exchange(wanted, (body, { maxBytes = MIB }) => readWhole(body, maxBytes), ({ rest, kept }) => ({ ...rest, body: kept }));
  }

  /**
   * Writes the body of a GET that is answered with 200 to a file; of other answers nothing is kept. The file is removed when something fails.
   * @throws OutboundFailure.
   */
  async download(wanted: Omit<OutboundRequest, 'method' | 'body'>, path: string): Promise<OutboundFile> {
    try {
      return await this.exchange(wanted, (body, { maxBytes = MIB }, status) => writeBody(status === 200 ? body : Readable.from([]), maxBytes, path), ({ rest, kept }) => ({ ...rest, size: kept }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async exchange<Kept, Answer>(
    wanted: OutboundRequest,
    keep: (body: Readable, wanted: OutboundRequest, status: number) => Promise<Kept>,
    finish: (parts: { rest: Omit<OutboundAnswer, 'body'>; kept: Kept }) => Answer,
  ): Promise<Answer> {
    const limit = AbortSignal.timeout(wanted.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const signal = wanted.signal ? AbortSignal.any([wanted.signal, limit]) : limit;
    try {
      const { url, response } = await this.follow(wanted, signal);
      const headers = plainHeaders(response.headers);
      requirePlain(headers, response);
      const kept = await keep(response.body, wanted, response.statusCode);
      discard(response);
      return finish({ rest: { status: response.statusCode, headers, url: url.href }, kept });
    } catch (error) {
      throw toOutboundFailure(error, signal);
    }
  }

  private async follow(wanted: OutboundRequest, signal: AbortSignal): Promise<{ url: URL; response: Dispatcher.ResponseData<unknown> }> {
    let url = requireAllowed(wanted.url, this.policy);
    let headers = wanted.headers ?? {};
    const method = wanted.method ?? 'GET';
    const allowed = method === 'GET' || method === 'HEAD' ? Math.min(wanted.redirects ?? 0, MAX_REDIRECTS) : 0;
    for (let hop = 0; ; hop += 1) {
      const response = await request(url, {
        method, signal, dispatcher: this.agent, headers: { ...headers, 'accept-encoding': 'identity' }, ...(wanted.body !== undefined && { body: wanted.body }),
      });
      const target = plainHeaders(response.headers)['location'];
      if (response.statusCode < 300 || response.statusCode > 399 || target === undefined || allowed === 0) return { url, response };
      discard(response);
      if (hop >= allowed) throw new OutboundFailure('redirected', `The address redirects more than ${allowed} times.`);
      const next = redirectTarget(target, url, this.policy);
      if (next.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.includes(name.toLowerCase())));
      url = next;
    }
  }
}

function redirectTarget(target: string, from: URL, policy: OutboundPolicy): URL {
  if (!URL.canParse(target, from.href)) throw new OutboundFailure('redirected', 'The address redirects to what is no address.');
  try {
    return requireAllowed(new URL(target, from).href, policy);
  } catch (cause) {
    throw new OutboundFailure('redirected', 'The address redirects to one that may not be called.', cause);
  }
}

/** A small compressed body can become gigabytes: none was asked for, so none is taken. */
function requirePlain(headers: Readonly<Record<string, string | undefined>>, response: Dispatcher.ResponseData<unknown>): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity') return;
  discard(response);
  throw new OutboundFailure('encoded', 'The answer is compressed, although no compression was asked for.');
}

/** Hangs up on what nobody wants to read. */
function discard({ body }: Dispatcher.ResponseData<unknown>): void {
  body.on('error', () => undefined).destroy();
}

async function readWhole(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of counted(body, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* counted(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new OutboundFailure('too_large', `The answer has more than ${maxBytes} bytes.`);
    yield chunk;
  }
}

async function writeBody(body: Readable, maxBytes: number, path: string): Promise<number> {
  const target = createWriteStream(path);
  await pipeline(counted(body, maxBytes), target);
  return target.bytesWritten;
}

const plainHeaders = (headers: Dispatcher.ResponseData<unknown>['headers']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]));

import { Agent, type Dispatcher } from 'undici';
import { AnswerBody } from './answer-body.js';
import { LeanResponse } from './lean-response.js';

const MIB = 1024 * 1024;
const CONNECT_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;

export interface VendorFetchOptions {
  /** Connections to one vendor at once. */
  readonly connections?: number;
  /** Bytes that an answer may have, decoded. */
  readonly maxBodyBytes?: number;
}

export interface VendorHttp {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** HTTP to vendors over kept-alive connections. Redirects are not followed: no vendor's API redirects, and a key must not travel elsewhere. */
export function createVendorHttp(options: VendorFetchOptions = {}): VendorHttp {
  const maxBytes = options.maxBodyBytes ?? 64 * MIB;
  const agent = new Agent({
    connections: options.connections ?? 256, pipelining: 1, connect: { timeout: CONNECT_MS }, keepAliveTimeout: KEEP_ALIVE_MS, bodyTimeout: 0, headersTimeout: 0,
  });
  const send = ({ href, origin, path }: ParsedUrl, method: string, headers: Record<string, string>, body: string | Uint8Array | null, signal: AbortSignal | null): Promise<LeanResponse> =>
    new Promise((resolve, reject) => {
      const answer: AnswerBody = new AnswerBody({ maxBytes, signal }, (status, raw) => resolve(new LeanResponse(href, status, raw, answer)), reject);
      agent.dispatch({ origin, path, method: method as Dispatcher.HttpMethod, headers, body }, answer);
    });
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<LeanResponse> => {
    // The usual case, without a detour: a text for an address.
    if (typeof input === 'string' && typeof init.body === 'string' && isPlain(init.headers)) return send(parsed(input), init.method ?? 'GET', init.headers, init.body, init.signal ?? null);
    const request = input instanceof Request ? await initOf(input) : init;
    const { body, type } = await encoded(request.body);
    return send(parsed(String(input instanceof Request ? input.url : input)), request.method ?? 'GET', headersOf(request.headers, type), body, init.signal ?? request.signal ?? null);
  };
  return { fetch: fetch as unknown as typeof globalThis.fetch, close: () => agent.close() };
}

interface ParsedUrl {
  readonly href: string;
  readonly origin: string;
  readonly path: string;
}

const MOST_URLS = 200;
const urls = new Map<string, ParsedUrl>();

/** Vendors have few addresses, and each is asked often. */
function parsed(text: string): ParsedUrl {
  const known = urls.get(text);
  if (known) return known;
  const { href, origin, pathname, search } = new URL(text);
  const url = { href, origin, path: pathname + search };
  if (urls.size < MOST_URLS) urls.set(text, url);
  return url;
}

const isPlain = (headers: RequestInit['headers']): headers is Record<string, string> => headers !== undefined && Object.getPrototypeOf(headers) === Object.prototype;

/** Texts and bytes go as they are; forms, blobs and streams are encoded by the platform, which knows their content type. */
async function encoded(body: RequestInit['body']): Promise<{ body: string | Uint8Array | null; type?: string }> {
  if (body === undefined || body === null) return { body: null };
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  const whole = new Response(body);
  const type = whole.headers.get('content-type');
  return { body: new Uint8Array(await whole.arrayBuffer()), ...(type !== null && { type }) };
}

async function initOf(request: Request): Promise<RequestInit> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, headers: request.headers, signal: request.signal, ...(bytes.length > 0 && { body: bytes }) };
}

function headersOf(given: RequestInit['headers'], type: string | undefined): Record<string, string> {
  const headers: Record<string, string> = given instanceof Headers || Array.isArray(given) ? Object.fromEntries(given as Iterable<[string, string]>) : { ...(given as Record<string, string> | undefined) };
  if (type !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) headers['content-type'] = type;
  return headers;
}

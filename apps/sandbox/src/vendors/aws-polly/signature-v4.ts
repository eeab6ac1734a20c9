import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  /** As it was sent, before decoding. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type SignatureVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: 'missing' | 'incomplete' | 'unknown_key' | 'wrong_scope' | 'expired' | 'mismatch' };

export interface SignatureRules {
  readonly service: string;
  readonly now: number;
  readonly secretOf: (accessKeyId: string) => string | undefined;
}

const SKEW_MS = 15 * 60_000;
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** Signature Version 4, verified as the documents describe its making: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function verifySignature(request: SignedRequest, { service, now, secretOf }: SignatureRules): SignatureVerdict {
  const { authorization } = request.headers;
  if (authorization === undefined) return { ok: false, reason: 'missing' };
  const [, accessKeyId, day, region, scope, signed, signature] = AUTHORIZATION.exec(authorization) ?? [];
  const date = request.headers['x-amz-date'];
  if (accessKeyId === undefined || day === undefined || region === undefined || signed === undefined || signature === undefined || typeof date !== 'string') return { ok: false, reason: 'incomplete' };
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return { ok: false, reason: 'incomplete' };
  if (scope !== service || !date.startsWith(day)) return { ok: false, reason: 'wrong_scope' };
  if (Math.abs(timeOf(date) - now) > SKEW_MS) return { ok: false, reason: 'expired' };
  const secret = secretOf(accessKeyId);
  if (secret === undefined) return { ok: false, reason: 'unknown_key' };
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`, hash(canonical(request, names, service))].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex')) ? { ok: true } : { ok: false, reason: 'mismatch' };
}

function canonical({ method, path, query, headers, body }: SignedRequest, names: readonly string[], service: string): string {
  const payload = headers['x-amz-content-sha256'];
  const lines = names.map((name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim().replaceAll(/\s+/g, ' ')}`);
  return [method, canonicalPath(path, service), canonicalQuery(query), ...lines, '', names.join(';'), typeof payload === 'string' && payload !== hash(body) ? payload : hash(body)].join('\n');
}

/** Each segment is encoded once more than it was sent, but not for S3. */
const canonicalPath = (path: string, service: string): string => (service === 's3' ? path : path.split('/').map(encode).join('/'));

const canonicalQuery = (query: URLSearchParams): string => [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).toSorted().join('&');

const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20261123T101500Z` */
const timeOf = (date: string): number => Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

import type { OutboundHttp } from '@tecnocursos/nest-kit';

/** What a vendor's file may have; narrations of an hour are smaller. */
const MAX_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const REDIRECTS = 3;

/** Reads addresses that vendors name by the client that is safe for them, in the shape of `fetch`. */
export const namedFetch = (http: OutboundHttp): typeof globalThis.fetch =>
  (async (address: string, { headers, signal }: RequestInit = {}): Promise<Response> => {
    const answer = await http.request({
      url: address, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, redirects: REDIRECTS,
      headers: Object.fromEntries(new Headers(headers)), ...(signal && { signal }),
    });
    const known = Object.entries(answer.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: known });
  }) as typeof globalThis.fetch;

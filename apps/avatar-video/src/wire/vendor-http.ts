/** An answer of a vendor that is no success, with its own words where they are JSON. */
export class VendorHttpError extends Error {
  constructor(
    readonly status: number,
    /** The body, parsed; undefined when it is not JSON. */
    readonly body: unknown,
    readonly header: (name: string) => string | null,
  ) {
    super(`HTTP ${status}`);
    this.name = 'VendorHttpError';
  }
}

export interface VendorHttpOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface VendorCall {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** Plain HTTP to vendors that have no client of their own. */
export class VendorHttp {
  constructor(private readonly options: VendorHttpOptions) {}

  /** @throws VendorHttpError, SyntaxError, and what `fetch` throws. */
  async json(method: Method, path: string, call: VendorCall): Promise<unknown> {
    const response = await this.send(method, path, call);
    if (response.status === 204) return undefined;
    return JSON.parse(await response.text()) as unknown;
  }

  async bytes(method: Method, path: string, call: VendorCall): Promise<{ bytes: Buffer; header: (name: string) => string | null }> {
    const response = await this.send(method, path, call);
    return { bytes: Buffer.from(await response.arrayBuffer()), header: (name) => response.headers.get(name) };
  }

  private async send(method: Method, path: string, { query, json, form, body, headers, signal }: VendorCall): Promise<Response> {
    const url = new URL(this.options.baseUrl + path);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
    const payload = json === undefined ? (form ?? body) : JSON.stringify(json);
    const response = await this.options.fetch(url, {
      method, signal, redirect: 'manual',
      headers: { accept: 'application/json', ...(json !== undefined && { 'content-type': 'application/json' }), ...this.options.headers, ...headers },
      ...(payload !== undefined && { body: payload as BodyInit }),
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw new VendorHttpError(response.status, parsed(await response.text().catch(() => '')), (name) => response.headers.get(name));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

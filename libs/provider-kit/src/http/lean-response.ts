import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { Dispatcher } from 'undici';

type Body = Dispatcher.ResponseData['body'];

/** Headers of an answer, looked up in place of being copied into a `Headers`. */
export class LeanHeaders {
  constructor(private readonly raw: IncomingHttpHeaders) {}

  get(name: string): string | null {
    const value = this.raw[name.toLowerCase()];
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  }

  has(name: string): boolean {
    return this.raw[name.toLowerCase()] !== undefined;
  }

  *entries(): Generator<[string, string]> {
    for (const name in this.raw) yield [name, this.get(name) ?? ''];
  }

  *keys(): Generator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of this.entries()) callback(value, name);
  }

  getSetCookie(): string[] {
    return [this.raw['set-cookie'] ?? []].flat();
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }
}

const LINGER_MS = 1_000;

/** The body had more bytes than a vendor's answer may have. */
export class BodyTooLarge extends Error {}

/**
 * What SDKs use of a fetch `Response`, over undici's Node stream: a body that is read whole never becomes a web stream. Bodies are counted as they arrive, and cut
 * off beyond `maxBytes`.
 */
export class LeanResponse {
  readonly headers: LeanHeaders;
  readonly statusText = '';
  readonly type = 'default';
  readonly redirected = false;
  private used = false;

  constructor(
    readonly url: string,
    readonly status: number,
    raw: IncomingHttpHeaders,
    private readonly stream: Body,
    private readonly maxBytes: number,
  ) {
    this.headers = new LeanHeaders(raw);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get bodyUsed(): boolean {
    return this.used;
  }

  get body(): ReadableStream<Uint8Array> {
    this.used = true;
    return ReadableStream.from(limited(this.stream as AsyncIterable<Uint8Array>, this.maxBytes));
  }

  /**
   * The body's bytes as they arrive, without the detour over a web stream. A reader that has what it came for and leaves keeps the connection: what is left is passed over
   * for a second. One that gives up aborts the request.
   */
  async *chunks(): AsyncGenerator<Uint8Array> {
    this.used = true;
    try {
      yield* limited(this.stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>, this.maxBytes);
    } finally {
      if (!this.stream.destroyed) this.stream.dump({ limit: this.maxBytes, signal: AbortSignal.timeout(LINGER_MS) }).catch(() => undefined);
    }
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async text(): Promise<string> {
    return (await this.buffer()).toString('utf8');
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const buffer = await this.buffer();
    return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.buffer();
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.headers.get('content-type') ?? '' });
  }

  /** The body can be read once: whoever reads first has it. SDKs clone to log a body, which they do not here. */
  clone(): this {
    return this;
  }

  private buffer(): Promise<Buffer> {
    this.used = true;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      this.stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > this.maxBytes) this.stream.destroy(new BodyTooLarge(`The answer has more than ${this.maxBytes} bytes.`));
        else chunks.push(chunk);
      });
      let whole = false;
      this.stream.once('end', () => {
        whole = true;
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
      });
      this.stream.once('error', reject);
      this.stream.once('close', () => {
        if (!whole) reject(new Error('The answer was cut off.'));
      });
    });
  }
}

/** The body's bytes as they arrive, of whatever fetch it came from. */
export function bodyChunks(response: Response): AsyncIterable<Uint8Array> {
  if (response instanceof LeanResponse) return response.chunks();
  return response.body ?? Readable.from([]);
}

async function* limited(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge(`The answer has more than ${maxBytes} bytes.`);
    yield chunk;
  }
}

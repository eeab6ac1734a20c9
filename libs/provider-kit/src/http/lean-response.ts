import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { AnswerBody } from './answer-body.js';

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

/** What SDKs use of a fetch `Response`; a body becomes a web stream only for who asks for one. */
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
    private readonly content: AnswerBody,
  ) {
    this.headers = new LeanHeaders(raw);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get bodyUsed(): boolean {
    return this.used;
  }

  /** A reader that cancels it aborts the request. */
  get body(): ReadableStream<Uint8Array> {
    return ReadableStream.from(this.read(() => this.content.abort()));
  }

  /**
   * The body's bytes as they arrive, without the detour over a web stream. A reader that has what it came for and leaves keeps the connection: what is left is passed over
   * for a second. One that gives up aborts the request.
   */
  chunks(): AsyncIterableIterator<Uint8Array> {
    return this.read(() => this.content.discard());
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

  private read(leave: () => void): AsyncIterableIterator<Uint8Array> {
    this.used = true;
    const { content } = this;
    const chunks: AsyncIterableIterator<Uint8Array> = {
      next: async () => {
        const value = await content.next();
        return value ? { done: false, value } : { done: true, value: undefined };
      },
      return: () => {
        leave();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]: () => chunks,
    };
    return chunks;
  }

  private buffer(): Promise<Buffer> {
    this.used = true;
    return this.content.whole();
  }
}

/** The body's bytes as they arrive, of whatever fetch it came from. */
export function bodyChunks(response: Response): AsyncIterable<Uint8Array> {
  if (response instanceof LeanResponse) return response.chunks();
  return response.body ?? Readable.from([]);
}

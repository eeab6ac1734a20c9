import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;
type Head = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>;

/** The body had more bytes than a vendor's answer may have. */
export class BodyTooLarge extends Error {}

/** Bytes that wait for a reader before the vendor is told to wait. */
const HIGH_WATER_BYTES = 64 * 1024;
const LINGER_MS = 1_000;

/** undici's handler of one answer, and its body: bytes are counted as they arrive, and wait for whoever asks for them. ADR 9 says what it saves over a Node stream. */
export class AnswerBody implements Dispatcher.DispatchHandler {
  private controller: Controller | undefined;
  private readonly waiting: Buffer[] = [];
  private waitingBytes = 0;
  private bytes = 0;
  private ended = false;
  private error: Error | undefined;
  private linger: NodeJS.Timeout | undefined;
  private wake: (() => void) | undefined;

  /**
   * @param started told that the head has come.
   * @param failed told that the request failed before that.
   */
  constructor(
    private readonly options: { readonly maxBytes: number; readonly signal: AbortSignal | null },
    private started: ((statusCode: number, headers: Head[2]) => void) | undefined,
    private readonly failed: (error: Error) => void,
  ) {
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller;
    if (this.options.signal?.aborted) this.onAbort();
  }

  onResponseStart(...[, statusCode, headers]: Head): void {
    if (statusCode < 200) return;
    this.started?.(statusCode, headers);
    this.started = undefined;
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.error) return;
    this.bytes += chunk.length;
    if (this.bytes > this.options.maxBytes) {
      const error = new BodyTooLarge(`The answer has more than ${this.options.maxBytes} bytes.`);
      this.end(error);
      controller.abort(error);
    } else if (this.linger === undefined) {
      this.waiting.push(chunk);
      this.waitingBytes += chunk.length;
      if (this.waitingBytes > HIGH_WATER_BYTES) controller.pause();
      this.wake?.();
    }
  }

  onResponseEnd(): void {
    this.end();
  }

  onResponseError(_controller: Controller, error: Error): void {
    if (this.started) {
      this.started = undefined;
      this.failed(error);
    }
    this.end(error);
  }

  /** All of it. @throws BodyTooLarge; undici's errors for an answer that was cut off, and the signal's reason. */
  async whole(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let chunk = await this.next(); chunk; chunk = await this.next()) chunks.push(chunk);
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  }

  /** What has come since the last call, or comes next; undefined at the end. @throws as `whole`. */
  async next(): Promise<Buffer | undefined> {
    while (this.waiting.length === 0 && !this.ended) await new Promise<void>((resolve) => { this.wake = resolve; });
    this.wake = undefined;
    if (this.waiting.length === 0) {
      if (this.error) throw this.error;
      return undefined;
    }
    const chunk = this.waiting.length === 1 ? (this.waiting[0] as Buffer) : Buffer.concat(this.waiting, this.waitingBytes);
    this.waiting.length = 0;
    this.waitingBytes = 0;
    this.controller?.resume();
    return chunk;
  }

  /** Nobody wants the rest. It is passed over for a second, so that the connection can be kept; then the request is aborted. */
  discard(): void {
    if (this.ended) return;
    this.linger = setTimeout(() => this.abort(), LINGER_MS).unref();
    this.waiting.length = 0;
    this.controller?.resume();
  }

  /** Nobody wants the rest, and the vendor is to hear it at once. */
  abort(): void {
    if (!this.ended) this.controller?.abort(new Error('Nobody reads the rest.'));
  }

  private readonly onAbort = (): void => {
    this.controller?.abort(this.options.signal?.reason as Error);
  };

  private end(error?: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.error = error;
    clearTimeout(this.linger);
    this.options.signal?.removeEventListener('abort', this.onAbort);
    this.wake?.();
  }
}

import { Readable } from 'node:stream';

/** A reader that leaves this much unread is cut off; it comes back and is told how things stand. */
const MAX_UNREAD_BYTES = 256 * 1024;
const RECONNECT_MS = 2_000;

/** An answer of the type `text/event-stream`, with what all of ours share: reconnection time, heartbeat, slow readers and the end. */
export class ServerSentEvents extends Readable {
  protected finished = false;
  private readonly waiting: Array<() => void> = [];

  constructor() {
    super({ highWaterMark: 16 * 1024 });
    this.push(`retry: ${RECONNECT_MS}\n\n`);
  }

  finish(): void {
    if (this.finished) return;
    this.finished = true;
    this.push(null);
  }

  override _read(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.finished = true;
    this._read();
    callback(error);
  }

  protected sendText(text: string): void {
    if (this.finished) return;
    this.push(text);
    if (this.readableLength > MAX_UNREAD_BYTES) this.destroy();
  }

  /** A comment: it keeps proxies from closing a connection that says nothing. */
  protected sendHeartbeat(): void {
    this.sendText(': heartbeat\n\n');
  }

  /** Waits for the reader, when it is behind. */
  protected async caughtUp(): Promise<void> {
    if (this.readableLength > this.readableHighWaterMark) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

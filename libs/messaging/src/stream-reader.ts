import { AppError } from '@tecnocursos/contracts';

/** Messages that wait for a reader; one that leaves more unread is cut off. */
const MAX_UNREAD = 4_096;

/** Parts of a streamed reply, in order, from the bus to whoever iterates. */
export class StreamReader<Part> implements AsyncIterableIterator<Part> {
  private readonly unread: Part[] = [];
  private readonly readers: { resolve(result: IteratorResult<Part>): void; reject(reason: Error): void }[] = [];
  private expected = 0;
  private error: AppError | undefined;
  private ended = false;

  /** @param onLeave called once, when nothing more is wanted of the server. */
  constructor(private readonly onLeave: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** A message of parts; a gap in the numbers means that the broker lost one. A null after the last part ends the stream. */
  receive(number: number, parts: readonly (Part | null)[]): void {
    if (this.ended) return;
    if (number !== this.expected) return this.fail(new AppError('unavailable', 'A part of the answer was lost on its way.', { retryAfterS: 1 }));
    this.expected += 1;
    for (const part of parts) if (part !== null) this.unread.push(part);
    if (parts.at(-1) === null) return this.end();
    if (this.unread.length > MAX_UNREAD) return this.fail(new AppError('unavailable', 'The answer was read too slowly.'));
    this.serve();
  }

  fail(error: AppError): void {
    if (this.ended) return;
    this.error = error;
    this.end();
  }

  next(): Promise<IteratorResult<Part>> {
    return new Promise((resolve, reject) => {
      this.readers.push({ resolve, reject });
      this.serve();
    });
  }

  async return(): Promise<IteratorResult<Part>> {
    this.unread.length = 0;
    this.error = undefined;
    this.end();
    return { done: true, value: undefined };
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.onLeave();
    this.serve();
  }

  private serve(): void {
    while (this.readers.length > 0 && (this.unread.length > 0 || this.ended)) {
      const reader = this.readers.shift();
      if (this.unread.length > 0) reader?.resolve({ done: false, value: this.unread.shift() as Part });
      else if (this.error) reader?.reject(this.error);
      else reader?.resolve({ done: true, value: undefined });
    }
  }
}

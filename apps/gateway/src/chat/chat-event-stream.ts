import { Readable } from 'node:stream';
import { AppError, type ChatChunk } from '@tecnocursos/contracts';
import { openAiError } from './openai-error.js';

const DONE = 'data: [DONE]\n\n';

/** Chunks as server-sent events, as OpenAI sends them. An error after the first chunk is an event of its own, and no `[DONE]` follows it. */
export class ChatEventStream extends Readable {
  private reading = false;

  constructor(
    private first: IteratorResult<ChatChunk> | undefined,
    private readonly chunks: AsyncIterableIterator<ChatChunk>,
    private readonly requestId: string,
  ) {
    super({ highWaterMark: 64 * 1024 });
  }

  override _read(): void {
    if (this.reading) return;
    this.reading = true;
    void this.pump();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void this.chunks.return?.().catch(() => undefined);
    callback(error);
  }

  private async pump(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = this.first ?? (await this.chunks.next());
        this.first = undefined;
        if (done) break;
        if (!this.push(`data: ${JSON.stringify(value)}\n\n`)) {
          this.reading = false;
          return;
        }
      }
      this.push(DONE);
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('internal', 'Something failed on our side; it is in our logs under this request id.');
      this.push(`data: ${JSON.stringify({ error: openAiError(known), request_id: this.requestId })}\n\n`);
    }
    this.push(null);
  }
}

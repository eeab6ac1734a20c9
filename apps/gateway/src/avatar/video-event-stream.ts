import { AppError, type Video, type videoChanged } from '@tecnocursos/contracts';
import type { PayloadOf } from '@tecnocursos/messaging';
import type { EventListener } from '../streams/event-hub.js';
import { ServerSentEvents } from '../streams/server-sent-events.js';

const ENDINGS: ReadonlySet<Video['state']> = new Set(['ready', 'failed', 'canceled']);

export const isOver = ({ state }: Video): boolean => ENDINGS.has(state);

/**
 * A video's states as a stream of text. Each event is the whole truth of its moment, so that one that was missed needs no repetition: at each beat the record is read,
 * and what is older than what was told is left out.
 */
export class VideoEventStream extends ServerSentEvents implements EventListener<PayloadOf<typeof videoChanged>> {
  private told = '';
  private toldAt = '';

  constructor(
    first: Video,
    private readonly current: () => Promise<Video>,
  ) {
    super();
    this.tell(first);
  }

  notify({ video }: PayloadOf<typeof videoChanged>): void {
    this.tell(video);
  }

  beat(): void {
    if (this.finished) return;
    this.sendHeartbeat();
    void this.look();
  }

  /** Reads how things stand; a service that is away for a moment is asked again at the next beat. */
  async look(): Promise<void> {
    try {
      this.tell(await this.current());
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') this.finish();
    }
  }

  private tell(video: Video): void {
    const data = JSON.stringify(video);
    if (this.finished || data === this.told || video.updated_at < this.toldAt) return;
    this.told = data;
    this.toldAt = video.updated_at;
    this.sendText(`event: ${video.state}\ndata: ${data}\n\n`);
    if (isOver(video)) this.finish();
  }
}

import { AppError, type CourseEvent, type listCourseEvents, type ReplyOf } from '@tecnocursos/contracts';
import { ServerSentEvents } from '../streams/server-sent-events.js';
import type { CourseEventListener } from './course-event-hub.service.js';

export type EventPage = ReplyOf<typeof listCourseEvents>;
/** Events after a sequence number, oldest first; an empty page is the end. */
export type ListEvents = (after: number) => Promise<EventPage>;

const ENDINGS = new Set<CourseEvent['type']>(['course.published', 'course.failed', 'course.canceled']);

/** `id`, `event` and `data` of one server-sent event. */
export const formatEvent = (event: CourseEvent): string => `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/**
 * A course's events as a stream of text: first its history after `after`, then what is announced on the bus. The list is
 * the record and the announcements are hints: whenever one is missing, the list is asked again.
 */
export class CourseEventStream extends ServerSentEvents implements CourseEventListener {
  private listing = false;
  private listAgain = false;

  constructor(
    private after: number,
    private readonly list: ListEvents,
  ) {
    super();
  }

  /** Sends what is known, beginning with a page that was read already. */
  async catchUp(first?: EventPage): Promise<void> {
    this.listAgain = true;
    if (this.listing) return;
    this.listing = true;
    try {
      for (let page = first; this.listAgain && !this.finished; page = undefined) {
        this.listAgain = false;
        await this.sendPages(page ?? (await this.list(this.after)));
      }
    } catch (error) {
      // A deleted course ends its streams; a service that is away for a moment is asked again at the next beat.
      if (error instanceof AppError && error.code === 'not_found') this.finish();
    } finally {
      this.listing = false;
    }
  }

  notify(event: CourseEvent): void {
    if (event.sequence <= this.after || this.finished) return;
    if (this.listing || event.sequence > this.after + 1) void this.catchUp();
    else {
      this.send(event);
      if (ENDINGS.has(event.type)) this.finish();
    }
  }

  beat(): void {
    if (this.finished) return;
    this.sendHeartbeat();
    void this.catchUp();
  }

  private async sendPages(first: EventPage): Promise<void> {
    let page = first;
    while (page.events.length > 0 && !this.finished) {
      for (const event of page.events) this.send(event);
      await this.caughtUp();
      page = await this.list(this.after);
    }
    if (page.state !== 'processing') this.finish();
  }

  private send(event: CourseEvent): void {
    if (event.sequence <= this.after || this.finished) return;
    this.after = event.sequence;
    this.sendText(formatEvent(event));
  }
}

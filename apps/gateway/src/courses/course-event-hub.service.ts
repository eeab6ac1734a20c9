import { courseProgressed, type CourseEvent } from '@tecnocursos/contracts';
import { HEADER, type BusConnection } from '@tecnocursos/messaging';

export interface CourseEventListener {
  /** The next event, or one that comes after events that were missed. */
  notify(event: CourseEvent): void;
  /** Now and then, to keep the connection alive and to look for what was missed. */
  beat(): void;
  /** The gateway goes away. */
  finish(): void;
}

export interface HubOptions {
  connection: BusConnection;
  heartbeatMs: number;
}

const addressOf = (tenantId: string, courseId: string): string => `${tenantId}/${courseId}`;

/** One subscription for all streams of the gateway: events are handed to those who watch the course they tell of. */
export class CourseEventHub {
  private readonly listeners = new Map<string, Set<CourseEventListener>>();
  private readonly heart: NodeJS.Timeout;

  private finished = false;

  constructor({ connection, heartbeatMs }: HubOptions) {
    connection.subscribe(courseProgressed.subject, {
      callback: (error, message) => {
        if (!error && this.listeners.size > 0) this.dispatch(message.headers?.get(HEADER.tenant) ?? '', message.string());
      },
    });
    this.heart = setInterval(() => this.forEach((listener) => listener.beat()), heartbeatMs).unref();
  }

  /** @returns how to stop listening. */
  listen(tenantId: string, courseId: string, listener: CourseEventListener): () => void {
    if (this.finished) {
      listener.finish();
      return () => undefined;
    }
    const address = addressOf(tenantId, courseId);
    const watching = this.listeners.get(address) ?? new Set();
    this.listeners.set(address, watching.add(listener));
    return () => {
      watching.delete(listener);
      if (watching.size === 0 && this.listeners.get(address) === watching) this.listeners.delete(address);
    };
  }

  /** Ends all streams; browsers connect again, to another replica. */
  finish(): void {
    this.finished = true;
    clearInterval(this.heart);
    this.forEach((listener) => listener.finish());
  }

  private dispatch(tenantId: string, text: string): void {
    const payload = courseProgressed.payload.safeParse(parse(text));
    if (!payload.success) return;
    for (const listener of this.listeners.get(addressOf(tenantId, payload.data.course_id)) ?? []) listener.notify(payload.data);
  }

  private forEach(act: (listener: CourseEventListener) => void): void {
    for (const watching of [...this.listeners.values()]) for (const listener of [...watching]) act(listener);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

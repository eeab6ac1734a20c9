import type { EventContract } from '@tecnocursos/contracts';
import { HEADER, type BusConnection, type PayloadOf } from '@tecnocursos/messaging';

export interface EventListener<Event> {
  /** The next event, or one that comes after events that were missed. */
  notify(event: Event): void;
  /** Now and then, to keep the connection alive and to look for what was missed. */
  beat(): void;
  /** The gateway goes away. */
  finish(): void;
}

export interface HubOptions {
  connection: BusConnection;
  heartbeatMs: number;
}

export interface HubSubject<C extends EventContract> {
  readonly contract: C;
  /** Which course or video of which tenant an event tells of. */
  addressOf(event: PayloadOf<C>, tenantOfHeader: string): EventAddress;
}

export interface EventAddress {
  readonly tenantId: string;
  readonly id: string;
}

const textOf = ({ tenantId, id }: EventAddress): string => `${tenantId}/${id}`;

/** One subscription for all streams of the gateway: events are handed to those who watch what they tell of. */
export class EventHub<C extends EventContract> {
  private readonly listeners = new Map<string, Set<EventListener<PayloadOf<C>>>>();
  private readonly heart: NodeJS.Timeout;
  private finished = false;

  constructor(
    private readonly subject: HubSubject<C>,
    { connection, heartbeatMs }: HubOptions,
  ) {
    connection.subscribe(subject.contract.subject, {
      callback: (error, message) => {
        if (!error && this.listeners.size > 0) this.dispatch(message.headers?.get(HEADER.tenant) ?? '', message.string());
      },
    });
    this.heart = setInterval(() => this.forEach((listener) => listener.beat()), heartbeatMs).unref();
  }

  /** @returns how to stop listening. */
  listen(tenantId: string, id: string, listener: EventListener<PayloadOf<C>>): () => void {
    if (this.finished) {
      listener.finish();
      return () => undefined;
    }
    const address = textOf({ tenantId, id });
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

  private dispatch(tenantOfHeader: string, text: string): void {
    const payload = this.subject.contract.payload.safeParse(parse(text));
    if (!payload.success) return;
    const event = payload.data as PayloadOf<C>;
    for (const listener of this.listeners.get(textOf(this.subject.addressOf(event, tenantOfHeader))) ?? []) listener.notify(event);
  }

  private forEach(act: (listener: EventListener<PayloadOf<C>>) => void): void {
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

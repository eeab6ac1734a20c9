import type { SimulatorContext } from '../simulator/vendor-simulator.js';

/** Work of a simulated vendor that takes its time. */
export interface Render<Order> {
  readonly id: string;
  readonly order: Order;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  /** The finished file. */
  readonly media: Promise<Buffer>;
  /** Bytes when `media` is there. */
  file: Buffer | undefined;
  failed: boolean;
  removed: boolean;
}

export interface RenderTimes {
  /** Milliseconds until the work begins, and until it is done. */
  readonly queueMs: number;
  readonly workMs: number;
}

const MOST_KEPT = 500;

/** Renders of one vendor, oldest first; the oldest are forgotten. */
export class RenderStore<Order> {
  private readonly renders = new Map<string, Render<Order>>();

  add(id: string, order: Order, { queueMs, workMs }: RenderTimes, media: Promise<Buffer>, context: SimulatorContext): Render<Order> {
    const createdAt = context.now();
    const render: Render<Order> = { id, order, createdAt, startsAt: createdAt + queueMs, endsAt: createdAt + queueMs + workMs, media, file: undefined, failed: false, removed: false };
    media.then((file) => (render.file = file), () => (render.failed = true));
    this.renders.set(id, render);
    const oldest = this.renders.keys().next();
    if (this.renders.size > MOST_KEPT && !oldest.done) this.renders.delete(oldest.value);
    return render;
  }

  get(id: string): Render<Order> | undefined {
    const render = this.renders.get(id);
    return render?.removed === false ? render : undefined;
  }

  /** Newest first. */
  list(): Render<Order>[] {
    return [...this.renders.values()].filter(({ removed }) => !removed).toReversed();
  }
}

export type RenderPhase = 'queued' | 'working' | 'done' | 'failed';

/** Where a render is at a time; it is done when its time has come and its file is there. */
export function phaseOf(render: Render<unknown>, now: number): RenderPhase {
  if (render.failed) return 'failed';
  if (now < render.startsAt) return 'queued';
  return now >= render.endsAt && render.file !== undefined ? 'done' : 'working';
}

/** Calls a webhook when a render has ended, and once more when nobody took the call. */
export function callWhenOver(render: Render<unknown>, context: SimulatorContext, call: () => Promise<Response>): void {
  const isOver = (): boolean => ['done', 'failed'].includes(phaseOf(render, context.now()));
  const timer = setInterval(() => {
    if (!isOver() && !render.removed) return;
    clearInterval(timer);
    if (render.removed) return;
    call().then((response) => (response.ok ? undefined : call()), () => call()).catch(() => undefined);
  }, POLL_MS);
  timer.unref();
}

const POLL_MS = 50;

/** A WebVTT file of a text whose length is known. */
export function simpleCaptions(text: string, milliseconds: number): string {
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
  return `WEBVTT\n\n${clock(0)} --> ${clock(milliseconds)}\n${text.replaceAll(/-->|[<&]/g, ' ').slice(0, 2_000)}\n`;
}

/** Words that vendors' moderation refuses, in both languages of the platform. */
export const isRefusedContent = (text: string): boolean => /\b(matar|kill|bomba|bomb|nude|nua|su[ií]c[ií]d|terroris)/i.test(text);

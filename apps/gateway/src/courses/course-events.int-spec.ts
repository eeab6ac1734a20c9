import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, courseProgressed, listCourseEvents, type CourseEvent, type CourseState } from '@tecnocursos/contracts';
import { HEADER } from '@tecnocursos/messaging';
import { headers as createHeaders } from '@nats-io/transport-node';
import { GatewayHarness, TENANT } from '../gateway.harness.js';
import { COURSE_ID, courseEvent } from './course-fixtures.harness.js';

const OTHER_TENANT = '0190a000-0000-7000-8000-000000000002';
const PATH = `/api/courses/${COURSE_ID}/events`;

let harness: GatewayHarness;
let history: CourseEvent[];
let state: CourseState;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

beforeEach(() => {
  history = [courseEvent(1, 'course.created'), courseEvent(2), courseEvent(3)];
  state = 'processing';
  harness.services.calls.length = 0;
  harness.services.on(listCourseEvents, ({ after, limit }) => ({ events: history.filter(({ sequence }) => sequence > after).slice(0, limit), state }));
});

async function announce(event: CourseEvent, tenant = TENANT): Promise<void> {
  const headers = createHeaders();
  headers.set(HEADER.tenant, tenant);
  harness.services.connection.publish(courseProgressed.subject, JSON.stringify(event), { headers });
  await harness.services.connection.flush();
}

async function record(event: CourseEvent): Promise<void> {
  history.push(event);
  if (event.type === 'course.published') state = 'published';
  await announce(event);
}

/** Reads a stream until so many events came, or until its end. */
class EventReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private text = '';
  ended = false;

  constructor(readonly response: Response) {
    this.reader = (response.body as ReadableStream<Uint8Array>).getReader();
  }

  async ids(count: number): Promise<number[]> {
    while (!this.ended && this.found().length < count) await this.readSome();
    return this.found();
  }

  async idsToEnd(): Promise<number[]> {
    while (!this.ended) await this.readSome();
    return this.found();
  }

  cancel(): Promise<void> {
    return this.reader.cancel();
  }

  raw(): string {
    return this.text;
  }

  private async readSome(): Promise<void> {
    const { done, value } = await this.reader.read();
    if (done) this.ended = true;
    else this.text += Buffer.from(value).toString();
  }

  private found(): number[] {
    return [...this.text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  }
}

/** The page with the history, and the empty one after it. */
async function listedTwice(): Promise<void> {
  while (harness.services.callsOf(listCourseEvents).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
}

const open = async (headers: Record<string, string> = {}): Promise<EventReader> => new EventReader(await harness.fetch(PATH, { headers }));

describe('the stream of a course', () => {
  it('tells the history, then what happens, and ends when the course is published', async () => {
    const reader = await open();
    expect(reader.response.status).toBe(200);
    expect(reader.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await reader.ids(3)).toEqual([1, 2, 3]);
    await record(courseEvent(4));
    await record(courseEvent(5, 'course.published'));
    expect(await reader.idsToEnd()).toEqual([1, 2, 3, 4, 5]);
    expect(reader.raw()).toContain(`id: 4\nevent: step.finished\ndata: ${JSON.stringify(courseEvent(4))}\n\n`);
  });

  it('goes on after Last-Event-ID', async () => {
    const reader = await open({ 'last-event-id': '2' });
    expect(await reader.ids(1)).toEqual([3]);
    await record(courseEvent(4, 'course.published'));
    expect(await reader.idsToEnd()).toEqual([3, 4]);
  });

  it('asks the list again when an announcement was lost, and tells nothing twice', async () => {
    const reader = await open();
    await reader.ids(3);
    history.push(courseEvent(4), courseEvent(5));
    await announce(courseEvent(3));
    await announce(courseEvent(6));
    history.push(courseEvent(6));
    await record(courseEvent(7, 'course.published'));
    expect(await reader.idsToEnd()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("tells nothing of another tenant's course of the same id", async () => {
    const reader = await open();
    await reader.ids(3);
    await announce(courseEvent(4, 'course.failed'), OTHER_TENANT);
    await record(courseEvent(4, 'course.published'));
    await reader.idsToEnd();
    expect(reader.raw()).not.toContain('course.failed');
  });

  it('reads a long history page by page', async () => {
    history = Array.from({ length: 1_000 }, (_, index) => courseEvent(index + 1));
    history.push(courseEvent(1_001, 'course.published'));
    state = 'published';
    expect(await (await open()).idsToEnd()).toEqual(history.map(({ sequence }) => sequence));
  });

  it('says 204 when the end was told already, so that browsers stop asking', async () => {
    state = 'published';
    expect((await harness.fetch(PATH, { headers: { 'last-event-id': '3' } })).status).toBe(204);
  });

  it('is not opened for a course that is not there, nor with a senseless Last-Event-ID', async () => {
    const senseless = await harness.fetch(PATH, { headers: { 'last-event-id': 'x' } });
    expect(senseless.status).toBe(400);
    expect(await senseless.json()).toMatchObject({ errors: [{ field: 'last-event-id' }] });
    harness.services.on(listCourseEvents, () => {
      throw new AppError('not_found', 'There is no such course.');
    });
    expect((await harness.fetch(PATH)).status).toBe(404);
  });

  it('is let go when its reader leaves', async () => {
    const reader = await open();
    await reader.ids(3);
    await listedTwice();
    const before = harness.services.callsOf(listCourseEvents).length;
    await reader.cancel();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await announce(courseEvent(9));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(harness.services.callsOf(listCourseEvents).length).toBe(before);
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { CourseEventStream } from './course-event-stream.js';
import { courseEvent } from './course-fixtures.harness.js';

const EMPTY = { events: [], state: 'processing' as const };

describe('CourseEventStream', () => {
  it('cuts off a reader that reads nothing, instead of keeping everything for it', () => {
    const stream = new CourseEventStream(0, async () => EMPTY);
    let sent = 0;
    while (!stream.destroyed && sent < 100_000) stream.notify(courseEvent(++sent));
    expect(stream.destroyed).toBe(true);
    expect(sent).toBeLessThan(2_000);
  });

  it('waits with the next page until its reader has read', async () => {
    let pages = 0;
    const stream = new CourseEventStream(0, async () => {
      pages++;
      return EMPTY;
    });
    void stream.catchUp({ events: Array.from({ length: 200 }, (_, index) => courseEvent(index + 1)), state: 'processing' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pages).toBe(0);
    stream.resume();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pages).toBe(1);
    stream.destroy();
  });

  it('keeps the connection alive, and looks for what was missed, at each beat', async () => {
    let missed = [courseEvent(1)];
    const stream = new CourseEventStream(0, async () => {
      const events = missed;
      missed = [];
      return { events, state: 'processing' };
    });
    stream.beat();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const text = String(stream.read());
    expect(text).toContain(': heartbeat\n\n');
    expect(text).toContain('id: 1\n');
  });

  it('outlives a service that is away, and ends when the course is deleted', async () => {
    let error = new AppError('unavailable', 'away');
    const stream = new CourseEventStream(0, async () => {
      throw error;
    });
    await stream.catchUp();
    expect(stream.destroyed).toBe(false);
    error = new AppError('not_found', 'gone');
    const ended = new Promise((resolve) => stream.once('end', resolve));
    await stream.catchUp();
    stream.resume();
    await ended;
  });
});

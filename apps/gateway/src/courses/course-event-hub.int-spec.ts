import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { courseProgressed } from '@tecnocursos/contracts';
import { connectBus, HEADER, type BusConnection } from '@tecnocursos/messaging';
import { headers as createHeaders } from '@nats-io/transport-node';
import { startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { CourseEventHub, type CourseEventListener } from './course-event-hub.service.js';
import { COURSE_ID, courseEvent } from './course-fixtures.harness.js';

const HEARTBEAT_MS = 30;

let nats: TestNatsServer;
let connection: BusConnection;
beforeAll(async () => {
  nats = await startNatsServer();
  connection = await connectBus({ url: nats.url, name: 'hub' });
});
afterAll(async () => {
  await connection.close();
  await nats.stop();
});

class Recorder implements CourseEventListener {
  readonly heard: Array<number | 'beat' | 'finish'> = [];
  notify({ sequence }: { sequence: number }): void {
    this.heard.push(sequence);
  }
  beat(): void {
    this.heard.push('beat');
  }
  finish(): void {
    this.heard.push('finish');
  }
}

async function publish(tenant: string, body: string): Promise<void> {
  const headers = createHeaders();
  headers.set(HEADER.tenant, tenant);
  connection.publish(courseProgressed.subject, body, { headers });
  await connection.flush();
}

describe('CourseEventHub', () => {
  it('hands events to those who watch the course of that tenant, until they stop', async () => {
    const hub = new CourseEventHub({ connection, heartbeatMs: 60_000 });
    const [mine, theirs] = [new Recorder(), new Recorder()];
    const stop = hub.listen('mine', COURSE_ID, mine);
    hub.listen('theirs', COURSE_ID, theirs);
    await publish('mine', JSON.stringify(courseEvent(1)));
    await publish('mine', 'no JSON');
    await publish('mine', '{"sequence":2}');
    stop();
    await publish('mine', JSON.stringify(courseEvent(3)));
    hub.finish();
    expect(mine.heard).toEqual([1]);
    expect(theirs.heard).toEqual(['finish']);
  });

  it('has one heart for all streams, which stops with it', async () => {
    const hub = new CourseEventHub({ connection, heartbeatMs: HEARTBEAT_MS });
    const [one, other] = [new Recorder(), new Recorder()];
    hub.listen('mine', COURSE_ID, one);
    hub.listen('mine', COURSE_ID, other);
    while (one.heard.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    hub.finish();
    await new Promise((resolve) => setTimeout(resolve, 3 * HEARTBEAT_MS));
    expect(one.heard.slice(-2)).toEqual(['beat', 'finish']);
    expect(other.heard).toEqual(one.heard);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getUsageStats, newId, usageRecorded, type UsageRecord } from '@tecnocursos/contracts';
import { DurablePublisher } from '@tecnocursos/messaging';
import { recordOf, startInsights, until, type Insights } from '../testing/insights.fixture.js';
import { UsageJournal } from './usage-journal.js';

const TENANT = '00000000-0000-4000-8000-000000000001';
const START_MS = 60_000;

let root: string;
let open: UsageJournal[] = [];
let errors: unknown[] = [];

function journal(publish: (records: readonly UsageRecord[]) => Promise<void>, folder = root): UsageJournal {
  const made = new UsageJournal({ root: folder, publish: (lines) => publish(lines.map((line) => JSON.parse(line) as UsageRecord)), onError: (error) => errors.push(error), shipEveryMs: 20 });
  open.push(made);
  return made;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tc-journal-'));
  [open, errors] = [[], []];
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.close().catch(() => undefined)));
  await rm(root, { recursive: true, force: true });
});

describe('the journal of attempts', () => {
  it('brings what was noted in batches, in order, and leaves nothing behind', async () => {
    const batches: (readonly UsageRecord[])[] = [];
    const one = journal(async (records) => void batches.push(records));
    const records = Array.from({ length: 1_200 }, (_unused, number) => recordOf(TENANT, { request_id: `request-${number}` }));
    for (const record of records) one.record(record);
    await one.close();
    open = [];
    expect(batches.flat()).toEqual(records);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect(readdirSync(root)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('keeps everything while the broker is away, and brings it when it is back', async () => {
    const shipped: UsageRecord[] = [];
    let away = true;
    const one = journal(async (records) => {
      if (away) throw new Error('no broker');
      shipped.push(...records);
    });
    const records = Array.from({ length: 30 }, () => recordOf(TENANT));
    for (const record of records.slice(0, 20)) one.record(record);
    await until(() => errors.length > 0);
    for (const record of records.slice(20)) one.record(record);
    expect(shipped).toEqual([]);
    away = false;
    await until(() => shipped.length >= 30);
    expect(new Set(shipped.map(({ id }) => id))).toEqual(new Set(records.map(({ id }) => id)));
    expect(shipped).toHaveLength(30);
  });

  it('leaves for the next process what the broker did not take before the end', async () => {
    const record = recordOf(TENANT);
    const dying = journal(() => Promise.reject(new Error('no broker')));
    dying.record(record);
    await dying.close();
    const shipped: UsageRecord[] = [];
    journal(async (records) => void shipped.push(...records));
    await until(() => shipped.length > 0);
    expect(shipped).toEqual([record]);
    await until(() => readdirSync(root).length === 1);
  });

  it('does not touch the folder of a process that lives', async () => {
    const [first, second]: UsageRecord[][] = [[], []];
    let away = true;
    const one = journal(async (records) => {
      if (away) throw new Error('no broker');
      first?.push(...records);
    });
    one.record(recordOf(TENANT, { request_id: 'first' }));
    await until(() => errors.length > 0);
    const two = journal(async (records) => void second?.push(...records));
    two.record(recordOf(TENANT, { request_id: 'second' }));
    await two.flush();
    expect(readdirSync(root)).toHaveLength(2);
    away = false;
    await until(() => (first?.length ?? 0) > 0);
    expect([first, second].map((records) => records?.map(({ request_id: id }) => id))).toEqual([['first'], ['second']]);
  });

  it('leaves out a line that was torn, and tells of one that is whole and no record', async () => {
    const folder = join(root, newId());
    mkdirSync(folder);
    const whole = recordOf(TENANT);
    const path = join(folder, '1-segment.jsonl');
    writeFileSync(path, `${JSON.stringify(whole)}\n${JSON.stringify({ ...recordOf(TENANT), operation: 'x'.repeat(61) })}\n`);
    appendFileSync(path, JSON.stringify(recordOf(TENANT)).slice(0, 90));
    const shipped: UsageRecord[] = [];
    journal(async (records) => void shipped.push(...records));
    await until(() => readdirSync(root).length === 1);
    expect(shipped).toEqual([whole]);
    expect(errors).toEqual([expect.objectContaining({ message: 'An attempt was not noted for the ledger: operation is not valid' })]);
  });
});

const CHILD = `
  import { writeSync } from 'node:fs';
  import { UsageJournal } from '${new URL('../../dist/index.js', import.meta.url).href}';
  import { connectBus, DurablePublisher } from '${new URL('../../../messaging/dist/index.js', import.meta.url).href}';
  import { newId } from '${new URL('../../../contracts/dist/index.js', import.meta.url).href}';
  const [root, url, template] = process.argv.slice(1);
  const publisher = new DurablePublisher(await connectBus({ url, name: 'child' }));
  const journal = new UsageJournal({
    root, onError: () => undefined, shipEveryMs: 7,
    publish: (records) => publisher.publish({ id: newId(), subject: '${usageRecorded.subject}', payload: '{"records":[' + records.join(',') + ']}', tenantId: '', requestId: '' }),
  });
  const base = JSON.parse(template);
  for (let number = 1; ; number += 1) {
    journal.record({ ...base, id: newId() });
    writeSync(1, '.');
    if (number % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
`;

describe('with the ledger', () => {
  let insights: Insights;
  beforeAll(async () => {
    insights = await startInsights();
  }, START_MS);
  afterAll(() => insights.close());

  const stored = async (tenantId: string): Promise<number> => (await insights.rpc.call(getUsageStats, {}, { tenantId })).total.attempts;

  it('loses nothing and counts nothing twice when its process is killed', async () => {
    const tenantId = newId();
    let noted = 0;
    for (let life = 0; life < 3; life += 1) {
      const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', CHILD, root, insights.nats.url, JSON.stringify(recordOf(tenantId))], { stdio: ['ignore', 'pipe', 'inherit'] });
      let dots = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        dots += chunk.length;
        if (dots > 300 + 170 * life) child.kill('SIGKILL');
      });
      await once(child, 'close');
      noted += dots;
    }
    const publisher = new DurablePublisher(insights.bus);
    const last = journal((records) => publisher.publish({ id: newId(), subject: usageRecorded.subject, payload: { records }, tenantId, requestId: '' }));
    await until(async () => (await stored(tenantId)) >= noted && readdirSync(root).length === 1);
    await last.flush();
    // A note may be written before its dot: at most one in each life.
    const attempts = await stored(tenantId);
    expect(attempts).toBeGreaterThanOrEqual(noted);
    expect(attempts).toBeLessThanOrEqual(noted + 3);
  }, START_MS);
});

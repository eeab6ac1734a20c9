import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRetention, newId, sendMessage, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import type { NotificationsTables } from '../notifications.tables.js';
import { MailboxStore } from '../providers/mailbox/mailbox.store.js';
import { service } from '../service.js';
import { createMessageRetention } from './message-retention.js';

const ANA = 'zqana@escola.example';

describe('what notifications keep about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  let directory: string;
  let db: Kysely<NotificationsTables>;

  const send = (tenantId: string, email: string, title: string) => rpc.call(sendMessage, {
    idempotency_key: newId(), template: 'course-ready', language: 'pt-BR', to: { email, name: `zqname-${title}` },
    data: { course_title: title, player_url: 'https://cursos.example/p.html', lessons: [{ title: 'A luz', duration_s: 90 }], link_expires_at: '2026-11-30T17:00:00Z' },
  }, { tenantId });
  const about = (scope: SubjectScope, emails = [ANA]) => ({ job_id: newId(), subject: { account_id: newId(), emails }, scope });
  const everything = async (): Promise<string> => {
    const rows = JSON.stringify(await db.selectFrom('message').selectAll().execute());
    const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return [rows, ...(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8'))))].join('\n');
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    directory = await mkdtemp(join(tmpdir(), 'tc-mailbox-'));
    runtime = createTestRuntime(nats.url, { MAILBOX_DIR: directory });
    running = await startService(service, runtime);
    db = (await runtime.database()).schema<NotificationsTables>('notifications');
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await runtime.close();
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("exports and erases a person's messages, and nobody else's", async () => {
    const [tenantId, other] = [newId(), newId()];
    await send(tenantId, ANA, 'zqana-course');
    await send(tenantId, 'bia@escola.example', 'zqbia-course');
    await send(other, ANA, 'zqother-course');
    const { records } = await rpc.call(subjectExports.notifications, about('subject'), { tenantId });
    expect(records).toEqual([{ category: 'message', data: expect.objectContaining({ recipient: ANA, state: 'sent' }) }]);
    const { records: mails } = await rpc.call(subjectExports.notifications, { ...about('subject'), cursor: 'mailbox-message:' }, { tenantId });
    expect(JSON.stringify(mails)).toContain('zqana-course');
    const { erased } = await rpc.call(subjectErasures.notifications, about('subject'), { tenantId });
    expect(erased).toEqual([{ category: 'message', count: 1 }, { category: 'mailbox-message', count: 1 }]);
    const left = await everything();
    expect(left).not.toContain('zqana-course');
    for (const kept of ['zqbia-course', 'zqother-course']) expect(left).toContain(kept);
    expect((await rpc.call(subjectErasures.notifications, about('subject'), { tenantId })).erased).toEqual([]);
    await rpc.call(subjectErasures.notifications, about('tenant'), { tenantId });
    const end = await everything();
    expect(end).not.toContain(tenantId);
    expect(end).not.toContain('zqbia-course');
    expect(end).toContain('zqother-course');
  });

  it('waits for a message that is on its way', async () => {
    const tenantId = newId();
    await send(tenantId, ANA, 'under way');
    const lease = { lease_id: newId(), lease_until: new Date(Date.now() + 60_000) };
    await db.updateTable('message').set(lease).where('tenant_id', '=', tenantId).execute();
    await expect(rpc.call(subjectErasures.notifications, about('tenant'), { tenantId })).rejects.toMatchObject({ code: 'unavailable' });
    await db.updateTable('message').set({ lease_id: null, lease_until: null }).where('tenant_id', '=', tenantId).execute();
    expect((await rpc.call(subjectErasures.notifications, about('tenant'), { tenantId })).erased).toHaveLength(2);
  });

  it('keeps messages as long as the organization wants them', async () => {
    const tenantId = newId();
    const retention = createMessageRetention(db, new MailboxStore(directory), rpc, createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' }));
    const identity = bus.subscribe(getRetention.subject, { callback: (_error, message) => void message.respond(JSON.stringify({ retention: [{ category: 'messages', days: 30, is_default: false }] })) });
    await send(tenantId, ANA, 'zqold-course');
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    await db.updateTable('message').set({ created_at: longAgo }).where('tenant_id', '=', tenantId).execute();
    for (const file of await readdir(join(directory, tenantId))) await utimes(join(directory, tenantId, file), longAgo, longAgo);
    await send(tenantId, ANA, 'zqyoung-course');
    expect(await retention.run()).toBe(2);
    const left = await everything();
    expect(left).not.toContain('zqold-course');
    expect(left).toContain('zqyoung-course');
    identity.unsubscribe();
  });
});

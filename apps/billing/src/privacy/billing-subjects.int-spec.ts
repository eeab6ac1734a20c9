import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSubscription, newId, reserveUpload, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { BillingTables } from '../billing.tables.js';
import { service } from '../service.js';

describe('what billing keeps about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: ['ana@escola.example'] }, scope });

  beforeAll(async () => {
    nats = await startNatsServer();
    runtime = createTestRuntime(nats.url);
    running = await startService(service, runtime);
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await runtime.close();
    await nats.stop();
  });

  it("exports and erases an organization's plan and uploads when it ends, and no other's", async () => {
    const [tenantId, other, courseId] = [newId(), newId(), newId()];
    for (const tenant of [tenantId, other]) {
      await rpc.call(getSubscription, {}, { tenantId: tenant });
      await rpc.call(reserveUpload, { course_id: courseId, features: [] }, { tenantId: tenant });
    }
    const first = await rpc.call(subjectExports.billing, about('tenant'), { tenantId });
    expect(first.records).toEqual([{ category: 'subscription', data: expect.objectContaining({ plan: 'pro' }) }]);
    const second = await rpc.call(subjectExports.billing, { ...about('tenant'), cursor: first.next_cursor ?? '' }, { tenantId });
    expect(second).toMatchObject({ records: [{ category: 'upload', data: { course_id: courseId } }], next_cursor: null });
    expect((await rpc.call(subjectErasures.billing, about('subject'), { tenantId })).erased).toEqual([]);
    expect((await rpc.call(subjectErasures.billing, about('tenant'), { tenantId })).erased).toEqual([{ category: 'upload', count: 1 }, { category: 'subscription', count: 1 }]);
    expect((await rpc.call(subjectErasures.billing, about('tenant'), { tenantId })).erased).toEqual([]);
    const db = (await runtime.database()).schema<BillingTables>('billing');
    expect((await db.selectFrom('upload').select('tenant_id').execute()).map((row) => row.tenant_id)).toEqual([other]);
    expect((await db.selectFrom('subscription').select('tenant_id').execute()).map((row) => row.tenant_id)).toEqual([other]);
  });
});

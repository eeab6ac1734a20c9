import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSandboxStatus, listSandboxHistory, newId, subjectErasures, subjectExports, type SubjectScope } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { service } from '../service.js';

const ANA = 'zqana@escola.example';

describe('what the sandbox keeps about people', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  const replicas: RunningService[] = [];
  const about = (scope: SubjectScope) => ({ job_id: newId(), subject: { account_id: newId(), emails: [ANA] }, scope });
  const history = async (): Promise<string> => JSON.stringify((await rpc.call(listSandboxHistory, { limit: 100 })).calls);

  const say = async (text: string): Promise<void> => {
    const { status } = await rpc.call(getSandboxStatus, {});
    const base = status.vendors.find(({ vendor }) => vendor === 'openai')?.base_url;
    await fetch(`${base}/v1/chat/completions`, {
      method: 'POST', headers: { authorization: 'Bearer sk-0123456789abcdef', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-5.6-mini', messages: [{ role: 'user', content: text }] }),
    });
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    replicas.push(await startService(service, createTestRuntime(nats.url, { SANDBOX_PORT: '0' })));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  });
  afterAll(async () => {
    rpc.close();
    await bus.close();
    for (const replica of replicas) await replica.close();
    await nats.stop();
  });

  it('exports and forgets calls that name a person, in all replicas, and the whole history with an organization', async () => {
    const tenantId = newId();
    for (const text of [`Escreva a ${ANA.toUpperCase()}`, 'zqother text', `De ${ANA}`]) await say(text);
    const { records, next_cursor: next } = await rpc.call(subjectExports.sandbox, about('subject'), { tenantId });
    expect(records).toHaveLength(2);
    expect(next).toBeNull();
    expect(JSON.stringify(records)).toContain(ANA);
    expect((await rpc.call(subjectErasures.sandbox, about('subject'), { tenantId })).erased).toEqual([{ category: 'simulated-call', count: 2 }]);
    expect((await rpc.call(subjectErasures.sandbox, about('subject'), { tenantId })).erased).toEqual([]);
    expect((await history()).toLowerCase()).not.toContain(ANA);
    expect(await history()).toContain('zqother text');
    for (let number = 0; number < 3; number += 1) await say(`${ANA} ${number}`);
    replicas.push(await startService(service, createTestRuntime(nats.url, { SANDBOX_PORT: '0' })));
    for (let number = 0; number < 12; number += 1) await rpc.call(subjectErasures.sandbox, about('tenant'), { tenantId });
    await bus.flush();
    for (let number = 0; number < 12; number += 1) expect(await history()).toBe('[]'); // whichever of the two answers
  });
});

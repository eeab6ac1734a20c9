import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearSandboxHistory, configureSandbox, getSandboxStatus, healthChecks, listSandboxHistory } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { readConfig, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { SandboxConfigSchema } from './sandbox.config.js';
import { service } from './service.js';

const KEY = 'sk-canary-0123456789-never-shown';
const SETTINGS = { SANDBOX_PORT: '0', SANDBOX_SEED: '9' };

describe('the sandbox as a service', () => {
  let nats: TestNatsServer;
  let running: RunningService;
  let bus: BusConnection;
  let rpc: RpcClient;

  const models = async (): Promise<Response> => {
    const { status } = await rpc.call(getSandboxStatus, {});
    const openai = status.vendors.find(({ vendor }) => vendor === 'openai');
    return fetch(`${openai?.base_url}/v1/models?key=${KEY}`, { headers: { authorization: `Bearer ${KEY}` } });
  };

  beforeAll(async () => {
    nats = await startNatsServer();
    running = await startService(service, createTestRuntime(nats.url, SETTINGS));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  });
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await nats.stop();
  });

  it('tells how it is', async () => {
    const { status } = await rpc.call(getSandboxStatus, {});
    expect(status).toMatchObject({ mode: 'success', seed: 9, total_calls: 0 });
    expect(status.vendors.map(({ vendor }) => vendor)).toContain('openai');
    expect(await rpc.call(healthChecks.sandbox, {})).toMatchObject({ service: 'sandbox', status: 'up' });
  });

  it('changes how vendors behave', async () => {
    const { status } = await rpc.call(configureSandbox, { vendor: 'openai', operation: 'models.list', faults: [{ fault: 'rate_limited_retry_after_seconds', retry_after_s: 9 }] });
    expect(status.vendors.find(({ vendor }) => vendor === 'openai')?.operations).toContain('models.list');
    const limited = await models();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '9']);
    await rpc.call(configureSandbox, { vendor: 'openai', reset: true });
    expect((await models()).status).toBe(200);
    await expect(rpc.call(configureSandbox, { vendor: 'nobody' })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'vendor' }] });
  });

  it('shows what was called without secrets, and forgets it', async () => {
    const history = await rpc.call(listSandboxHistory, { vendor: 'openai', limit: 1 });
    expect(history.calls[0]).toMatchObject({ operation: 'models.list', status: 200, request: { headers: { authorization: 'Bearer ***hown' } } });
    const next = await rpc.call(listSandboxHistory, { vendor: 'openai', limit: 10, cursor: history.next_cursor ?? '' });
    expect(next.calls.map(({ status }) => status)).toEqual([429]);
    expect(JSON.stringify([history, next])).not.toContain(KEY);
    expect(await rpc.call(clearSandboxHistory, {})).toEqual({ cleared: 2 });
    expect((await rpc.call(listSandboxHistory, {})).calls).toEqual([]);
    await expect(rpc.call(clearSandboxHistory, { vendor: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not take a mode that there is not', () => {
    expect(() => readConfig(SandboxConfigSchema, { ...SETTINGS, SANDBOX_MODE: 'chaos' })).toThrow(/SANDBOX_MODE/);
  });
});

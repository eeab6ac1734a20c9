import { newId, type UsageRecord } from '@tecnocursos/contracts';
import { service as insights } from '@tecnocursos/insights';
import { connectBus, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { startService, type Environment, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';

/** A real broker with the real service of budgets and ledger. */
export interface Insights {
  readonly nats: TestNatsServer;
  readonly bus: BusConnection;
  readonly rpc: RpcClient;
  readonly runtime: TestRuntime;
  /** Starts the service, or starts it again. */
  start(): Promise<void>;
  /** Ends the service; the broker and its database stay. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function startInsights(environment: Environment = {}): Promise<Insights> {
  const nats = await startNatsServer();
  const bus = await connectBus({ url: nats.url, name: 'test' });
  await ensureStream(bus, STREAMS.events);
  const rpc = new RpcClient(bus);
  const runtime = createTestRuntime(nats.url, environment);
  let running: RunningService | undefined = await startService(insights, runtime);
  const leave = async (): Promise<void> => {
    await running?.close();
    running = undefined;
  };
  return {
    nats, bus, rpc, runtime, leave,
    start: async () => {
      running ??= await startService(insights, runtime);
    },
    close: async () => {
      await leave();
      rpc.close();
      await bus.close();
      await runtime.close();
      await nats.stop();
    },
  };
}

export const recordOf = (tenantId: string, values: Partial<UsageRecord> = {}): UsageRecord => ({
  id: newId(), tenant_id: tenantId, request_id: 'request-1', call_id: newId(), domain: 'ai', operation: 'chat', provider: 'toy', model: 'toy-1', outcome: 'ok',
  started_at: new Date(Date.now() - 1_000).toISOString(), latency_ms: 3, usage: { input_tokens: 10 }, cost_micros: 7, simulated: false, fallback_from: null, attempt: 1, ...values,
});

const PATIENCE_MS = 40_000;

export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('The condition did not become true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

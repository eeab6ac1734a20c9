import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type ReplyOf, type RequestInput, type RpcContract, type Video, getVideo } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, DurablePublisher, RpcClient, runInContext, type BusConnection, type CallContext } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { startNatsServer, createTestRuntime, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { AVATAR_VIDEO_SCHEMA, type AvatarVideoTables } from '../avatar-video.tables.js';
import { service } from '../service.js';
import { startStorage, type StorageHarness } from '../storage.harness.js';
import { budgetService } from './budgets.harness.js';
import { speechService } from './speech.harness.js';
import type { Kysely } from 'kysely';

export interface Platform {
  readonly storage: StorageHarness;
  readonly spoken: string[];
  readonly bus: BusConnection;
  readonly publisher: DurablePublisher;
  readonly tenant: string;
  db(): Promise<Kysely<AvatarVideoTables>>;
  call<C extends RpcContract>(contract: C, request: RequestInput<C>, context?: Partial<CallContext>): Promise<ReplyOf<C>>;
  /** Waits until the video is in one of the states. */
  until(id: string, ...states: Video['state'][]): Promise<Video>;
  /** Ends the service, and starts another one on the same database and bus. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The service with a real broker, a real database, and storage and narration that stand in on the bus. */
export async function startPlatform(environment: Readonly<Record<string, string>> = {}): Promise<Platform> {
  const nats: TestNatsServer = await startNatsServer();
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-avatar-platform-'));
  const runtime: TestRuntime = createTestRuntime(nats.url, { USAGE_JOURNAL_DIR: join(folder, 'journal'), DATA_DIR: folder, AVATAR_VIDEO_POLL_MS: '50', AVATAR_VIDEO_DOUBT_MS: '300', ...environment });
  const storage = await startStorage();
  const speech = speechService();
  const beside: RunningService[] = [await startService(storage.service, runtime), await startService(speech.service, runtime), await startService(budgetService, runtime)];
  let running = await startService(service, runtime);
  const bus = await connectBus({ url: nats.url, name: 'test' });
  const client = new RpcClient(bus);
  const tenant = newId();
  const call: Platform['call'] = (contract, request, context) =>
    runInContext({ ...backgroundContext(tenant, newId()), ...context }, () => client.call(contract, request));
  return {
    storage, spoken: speech.spoken, bus, publisher: new DurablePublisher(bus), tenant, call,
    db: async () => (await runtime.database()).schema<AvatarVideoTables>(AVATAR_VIDEO_SCHEMA),
    until: async (id, ...states) => {
      let last: Video | undefined;
      for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
        last = (await call(getVideo, { video_id: id })).video;
        if (states.includes(last.state)) return last;
      }
      throw new Error(`The video did not become ${states.join(' or ')}: ${JSON.stringify(last)}`);
    },
    restart: async () => {
      await running.close();
      running = await startService(service, runtime);
    },
    close: async () => {
      await running.close();
      for (const other of beside.reverse()) await other.close();
      client.close();
      await bus.close();
      await storage.close();
      await runtime.close();
      await nats.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

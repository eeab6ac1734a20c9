import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, synthesizeSpeech } from '@tecnocursos/contracts';
import { freePort, startNatsServer } from '@tecnocursos/engines';
import { connectBus, RpcClient } from '@tecnocursos/messaging';
import { startChild } from './children.mjs';

/** The narration service with its storage and ledger, as processes of their own, in front of a vendor at the given address. */
export async function startSpeechPlatform(environment) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const broker = await startNatsServer({ directory: join(directory, 'nats') });
  const port = String(await freePort());
  const shared = { NODE_ENV: 'production', STORAGE_DIR: join(directory, 'storage'), STORAGE_PORT: port, STORAGE_INTERNAL_URL: `http://127.0.0.1:${port}`, DATA_DIR: directory };
  const service = (names, own) => startChild('one-service.mjs', [names, broker.url, join(directory, names.replaceAll(',', '-')), JSON.stringify({ ...shared, ...own })]);
  const backend = await service('storage,insights', {});
  const tts = await service('tts', { USAGE_JOURNAL_DIR: join(directory, 'journal'), ...environment });
  const bus = await connectBus({ url: broker.url, name: 'bench' });
  const client = new RpcClient(bus);
  const tenantId = newId();
  return {
    speak: (request) => client.call(synthesizeSpeech, request, { tenantId, timeoutMs: 170_000 }),
    stop: async () => {
      client.close();
      await bus.close();
      for (const { stop } of [tts, backend]) await stop('SIGKILL');
      await broker.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

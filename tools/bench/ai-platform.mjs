import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNatsServer } from '@tecnocursos/engines';
import { newApiKey } from '../lib/platform.mjs';
import { startChild } from './children.mjs';

/** Gateway, AI service and what they need, each a process of its own; vendors are stubs at the given addresses. */
export async function startAiPlatform(environment) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const apiKey = newApiKey();
  const broker = await startNatsServer({ directory: join(directory, 'nats') });
  const service = (names, own) => startChild('one-service.mjs', [names, broker.url, join(directory, names.replace(',', '-')), JSON.stringify({ NODE_ENV: 'production', ...own })]);
  const backend = await service('identity,insights', { DATA_DIR: directory, IDENTITY_BOOTSTRAP_API_KEY: apiKey });
  const ai = await service('ai', { USAGE_JOURNAL_DIR: join(directory, 'journal'), ...environment });
  const gateway = await startChild('our-gateway.mjs', [broker.url]);
  return {
    url: gateway.ready.url, apiKey,
    stop: async () => {
      for (const { stop } of [gateway, ai, backend]) await stop('SIGKILL');
      await broker.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureProvider, createVendorHttp, ProviderChain, ProviderHandle, ResponseCache, UNLIMITED } from '@tecnocursos/provider-kit';
import { elevenlabs } from '../../apps/tts/dist/providers/elevenlabs/elevenlabs.provider.js';
import { chooseVoice } from '../../apps/tts/dist/house-voices.js';
import { orderFor, scriptOf } from '../../apps/tts/dist/speech/speech-request.js';

const REQUEST = { text: 'A fotossíntese é o processo em que a planta transforma luz em alimento.', language: 'pt-BR', rate: 1, pitch: 0 };

export const vendorSettings = (url) => ({ ELEVENLABS_API_KEY: 'xi-bench-0123456789', ELEVENLABS_BASE_URL: url, ELEVENLABS_VOICES: 'francisca=bench0123456789012345' });

/** One utterance of ElevenLabs' adapter, by itself and as the chain calls it: limits, breaker, bulkhead, price and ledger around the same call. */
export async function openSpeech(url) {
  const http = createVendorHttp();
  const configuration = configureProvider(elevenlabs, vendorSettings(url), { url: undefined, production: false });
  if (configuration.problems) throw new Error(configuration.problems.join('; '));
  const port = elevenlabs.create(configuration.settings, { fetch: http.fetch, now: Date.now });
  const handle = new ProviderHandle(elevenlabs, configuration, port);
  let recorded = 0;
  const chain = new ProviderChain({ domain: 'tts', handles: [handle], policy: 'priority', budgets: UNLIMITED, ledger: { record: () => { recorded += 1; } }, cache: new ResponseCache() });
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const order = orderFor(port, REQUEST, { script: scriptOf(REQUEST), language: 'pt-BR', voice: { kind: 'house', voice: chooseVoice('pt-BR', 'francisca') } });
  const { signal } = new AbortController();
  return {
    direct: () => port.speak(order, { folder, signal }),
    chained: () => chain.run({
      operation: 'speech', caller: { tenantId: 'bench', requestId: 'bench', deadline: Date.now() + 30_000, signal, mode: 'live' }, route: {},
      estimate: (one) => ({ model: order.model, usage: one.estimate(order) }),
      attempt: async (one, context) => {
        const value = await one.speak(order, { folder, signal: context.signal });
        return { value, usage: value.usage, model: order.model, warnings: value.warnings };
      },
    }),
    recorded: () => recorded,
    close: async () => {
      await http.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

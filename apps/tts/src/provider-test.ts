import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainCaller, ProviderChain } from '@tecnocursos/provider-kit';
import { chooseVoice } from './house-voices.js';
import { narrate } from './narration/narrate.js';
import type { SpeechOrder, SpeechSynthesizer } from './ports/speech-synthesizer.port.js';
import { parsePlainText } from './ssml/script-builder.js';

const LANGUAGE = 'pt-BR';

/** Has one provider say two words. */
export async function testSpeechProvider(chain: ProviderChain<SpeechSynthesizer>, provider: string, caller: ChainCaller): Promise<{ operation: string }> {
  const root = await mkdtemp(join(tmpdir(), 'tecnocursos-tts-'));
  const order = (port: SpeechSynthesizer): SpeechOrder => ({
    script: parsePlainText('Bom dia.', LANGUAGE), language: LANGUAGE, voice: { kind: 'house', voice: chooseVoice(LANGUAGE, undefined) }, model: port.models.economy, rate: 1, pitch: 0,
  });
  try {
    await chain.run({
      operation: 'speech', caller, route: { providers: [provider], allowFallback: false },
      estimate: (port) => ({ model: port.models.economy, usage: port.estimate(order(port)) }),
      attempt: async (port, { signal }) => {
        const folder = await mkdtemp(join(root, 'attempt-'));
        const narration = await narrate(port, order(port), { folder, signal }, new Map());
        return { value: narration.durationMs, usage: narration.usage, model: narration.model };
      },
    });
    return { operation: 'speech' };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

import { defineProvider, FREE } from '@tecnocursos/provider-kit';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { unknownFailure } from '../../wire/transport-failure.js';
import { espeakProgram } from './espeak-program.js';
import { LocalSpeechSynthesizer } from './local-speech.adapter.js';
import { localSpeechHealth } from './local-speech.health.js';

export const local = defineProvider<SpeechSynthesizer>()({
  id: 'local',
  title: 'espeak-ng on this machine',
  domain: 'tts',
  kind: 'local',
  capabilities: ['speech', 'stream'],
  variablePrefix: 'LOCAL_TTS',
  credentials: [],
  // Whoever pays for a voice wants to hear it.
  defaults: { priority: 900, timeoutMs: 180_000, cacheTtlS: 0 },
  prices: FREE,
  create: () => new LocalSpeechSynthesizer(espeakProgram()),
  toFailure: unknownFailure,
  probe: async () => {
    const { status, detail } = await localSpeechHealth();
    return { status: status === 'up' ? 'up' : 'down', ...(detail !== undefined && { detail }) };
  },
});

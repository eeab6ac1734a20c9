import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { localSpeechHealth } from './providers/local/local-speech.health.js';
import { TtsModule } from './tts.module.js';

export const service: ServiceDefinition = {
  name: 'tts',
  module: TtsModule,
  probes: () => [{ name: 'local-speech', kind: 'engine', probe: () => localSpeechHealth() }],
};

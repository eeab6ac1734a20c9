import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { localSpeechHealth } from './providers/local/local-speech.health.js';
import { TtsModule } from './tts.module.js';
import { TTS_SCHEMA, ttsMigrations } from './tts.tables.js';

export const service: ServiceDefinition = {
  name: 'tts',
  module: TtsModule,
  database: { schema: TTS_SCHEMA, migrations: ttsMigrations },
  probes: () => [{ name: 'local-speech', kind: 'engine', probe: () => localSpeechHealth() }],
};

import { defineProvider } from '@tecnocursos/provider-kit';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { modelVariable, voiceTable } from '../../wire/settings.fields.js';
import { ElevenLabsSpeech } from './elevenlabs.adapter.js';
import { elevenLabsFailure } from './elevenlabs.errors.js';
import { ELEVENLABS_PRICES } from './elevenlabs.prices.js';

export const elevenlabs = defineProvider<SpeechSynthesizer>()({
  id: 'elevenlabs',
  title: 'ElevenLabs',
  domain: 'tts',
  kind: 'remote',
  capabilities: ['speech', 'stream', 'clone'],
  variablePrefix: 'ELEVENLABS',
  credentials: ['API_KEY'],
  address: { live: 'https://api.elevenlabs.io', sandbox: '/elevenlabs' },
  // The concurrency of the plan Creator; Free has 2, Scale 15.
  defaults: { priority: 10, concurrency: 5, timeoutMs: 120_000, cacheTtlS: 0 },
  environment: {
    ELEVENLABS_MODEL_ECONOMY: modelVariable('economy', 'eleven_flash_v2_5'),
    ELEVENLABS_MODEL_STANDARD: modelVariable('standard', 'eleven_multilingual_v2'),
    ELEVENLABS_MODEL_PREMIUM: modelVariable('premium', 'eleven_v3'),
    ELEVENLABS_VOICES: voiceTable('voices of the account for house voices: `francisca=<voice id>,antonio=<voice id>`; the others are found by listing'),
  },
  prices: ELEVENLABS_PRICES,
  create: ({ baseUrl, credential, environment }, { fetch, now }) =>
    new ElevenLabsSpeech({
      apiKey: credential('API_KEY').reveal(), baseUrl, fetch, now, voices: environment.ELEVENLABS_VOICES ?? new Map(),
      models: { economy: environment.ELEVENLABS_MODEL_ECONOMY, standard: environment.ELEVENLABS_MODEL_STANDARD, premium: environment.ELEVENLABS_MODEL_PREMIUM },
    }),
  toFailure: elevenLabsFailure,
});

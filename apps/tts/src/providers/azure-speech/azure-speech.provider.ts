import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { modelVariable } from '../../wire/settings.fields.js';
import { AzureSpeech } from './azure-speech.adapter.js';
import { azureFailure } from './azure-speech.errors.js';
import { HD, NEURAL } from './azure-speech.mapper.js';
import { AZURE_SPEECH_PRICES } from './azure-speech.prices.js';

const DEFAULT_REGION = 'brazilsouth';
const addressOf = (region: string): string => `https://${region}.tts.speech.microsoft.com`;

export const azureSpeech = defineProvider<SpeechSynthesizer>()({
  id: 'azure-speech',
  title: 'Azure Speech',
  domain: 'tts',
  kind: 'remote',
  capabilities: ['speech', 'stream'],
  variablePrefix: 'AZURE_SPEECH',
  credentials: ['KEY'],
  address: { live: addressOf(DEFAULT_REGION), sandbox: '/azure-speech' },
  defaults: { priority: 20, concurrency: 20, timeoutMs: 120_000, cacheTtlS: 0 },
  environment: {
    AZURE_SPEECH_REGION: z.string().regex(/^[a-z0-9]+$/, 'Write the region as in its address, such as brazilsouth.').default(DEFAULT_REGION).meta({ description: 'region of the resource; AZURE_SPEECH_BASE_URL goes before it' }),
    AZURE_SPEECH_MODEL_ECONOMY: modelVariable('economy', NEURAL),
    AZURE_SPEECH_MODEL_STANDARD: modelVariable('standard', NEURAL),
    AZURE_SPEECH_MODEL_PREMIUM: modelVariable('premium', HD),
  },
  prices: AZURE_SPEECH_PRICES,
  create: ({ mode, baseUrl, knobs, credential, environment }, { fetch, now }) =>
    new AzureSpeech({
      key: credential('KEY').reveal(), fetch, now,
      baseUrl: mode === 'live' && knobs.baseUrl === undefined ? addressOf(environment.AZURE_SPEECH_REGION) : baseUrl,
      models: { economy: environment.AZURE_SPEECH_MODEL_ECONOMY, standard: environment.AZURE_SPEECH_MODEL_STANDARD, premium: environment.AZURE_SPEECH_MODEL_PREMIUM },
    }),
  toFailure: azureFailure,
});

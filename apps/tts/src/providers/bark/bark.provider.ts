import { defineProvider, systemWait } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { unknownFailure } from '../../wire/transport-failure.js';
import { BarkSpeech } from './bark.adapter.js';
import { BARK_PRICES } from './bark.prices.js';

export const bark = defineProvider<SpeechSynthesizer>()({
  id: 'bark',
  title: 'Bark',
  domain: 'tts',
  kind: 'remote',
  capabilities: ['speech'],
  variablePrefix: 'BARK',
  credentials: ['API_TOKEN'],
  address: { live: 'https://api.replicate.com', sandbox: '/bark' },
  // It speaks slower than one can listen.
  defaults: { priority: 40, concurrency: 2, timeoutMs: 300_000, cacheTtlS: 0 },
  environment: {
    BARK_PROTOCOL: z.enum(['replicate', 'endpoint']).default('replicate').meta({ description: '`replicate`: predictions of Replicate; `endpoint`: POST /generate {text, voice_preset} → WAV, of a server at BARK_BASE_URL' }),
    BARK_REPLICATE_VERSION: z.string().regex(/^[0-9a-f]{64}$/, 'Write the 64 hex digits of a version.').default('b76242b40d67c76ab6742e987628a2a9ac019e11d56ab96c4e91ce03b79b2787').meta({ description: 'version of suno-ai/bark at Replicate' }),
  },
  prices: BARK_PRICES,
  create: ({ baseUrl, credential, environment }, { fetch, fetchNamed, now, wait = systemWait }) =>
    new BarkSpeech({ baseUrl, token: credential('API_TOKEN').reveal(), protocol: environment.BARK_PROTOCOL, version: environment.BARK_REPLICATE_VERSION, fetch, fetchNamed, now, wait }),
  toFailure: unknownFailure,
});

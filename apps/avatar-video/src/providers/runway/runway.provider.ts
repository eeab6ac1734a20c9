import RunwayML from '@runwayml/sdk';
import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { AvatarVideoProvider } from '../../ports/avatar-video-provider.port.js';
import { RunwayEffectRenderer } from './runway.adapter.js';
import { runwayFailure } from './runway.errors.js';
import { RUNWAY_PRICES } from './runway.prices.js';

/** The longest that a timer can wait: time limits are around the adapter. */
const NO_TIME_LIMIT_MS = 2_147_483_647;

export const runway = defineProvider<AvatarVideoProvider>()({
  id: 'runway',
  title: 'Runway',
  domain: 'avatar-video',
  kind: 'remote',
  capabilities: ['effect'],
  variablePrefix: 'RUNWAY',
  credentials: ['API_KEY'],
  address: { live: 'https://api.dev.runwayml.com', sandbox: '/runway' },
  defaults: { priority: 10, maxRetries: 0, cacheTtlS: 0, concurrency: 8 },
  environment: {
    RUNWAY_MODEL: z.enum(['gen4_turbo', 'gen4.5']).default('gen4_turbo').meta({ description: '`gen4_turbo`: 5 credits a second; `gen4.5`: 12, and better' }),
  },
  prices: RUNWAY_PRICES,
  create({ baseUrl, credential, environment }, { fetch }) {
    const client = new RunwayML({ apiKey: credential('API_KEY').reveal(), baseURL: baseUrl, fetch, maxRetries: 0, timeout: NO_TIME_LIMIT_MS, logLevel: 'off' });
    return { effects: new RunwayEffectRenderer(client, environment.RUNWAY_MODEL) };
  },
  toFailure: runwayFailure,
});

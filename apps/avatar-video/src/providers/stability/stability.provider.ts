import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { AvatarVideoProvider } from '../../ports/avatar-video-provider.port.js';
import { VendorHttp } from '../../wire/vendor-http.js';
import { StabilityBackgroundPainter } from './stability.adapter.js';
import { stabilityFailure } from './stability.errors.js';
import { STABILITY_PRICES } from './stability.prices.js';

export const stability = defineProvider<AvatarVideoProvider>()({
  id: 'stability',
  title: 'Stability AI',
  domain: 'avatar-video',
  kind: 'remote',
  capabilities: ['background'],
  variablePrefix: 'STABILITY',
  credentials: ['API_KEY'],
  address: { live: 'https://api.stability.ai', sandbox: '/stability' },
  defaults: { priority: 10, rateLimitRpm: 900 },
  environment: {
    STABILITY_MODEL: z.enum(['core', 'ultra']).default('core').meta({ description: '`core`: 3 credits a picture; `ultra`: 8, and better' }),
  },
  prices: STABILITY_PRICES,
  create({ baseUrl, credential, environment }, { fetch }) {
    const http = new VendorHttp({ fetch, baseUrl, headers: { authorization: `Bearer ${credential('API_KEY').reveal()}`, 'stability-client-id': 'tecnocursos' } });
    return { backgrounds: new StabilityBackgroundPainter(http, environment.STABILITY_MODEL) };
  },
  toFailure: stabilityFailure,
});

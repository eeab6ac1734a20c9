import { PRESENTER_IDS } from '@tecnocursos/contracts';
import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { AvatarVideoProvider } from '../../ports/avatar-video-provider.port.js';
import { VendorHttp } from '../../wire/vendor-http.js';
import { DIdAvatarRenderer } from './d-id.adapter.js';
import { dIdFailure } from './d-id.errors.js';
import { D_ID_PRICES } from './d-id.prices.js';

const presenterId = (house: string) => z.string().max(200).optional().meta({ description: `D-ID’s presenter (or avatar, with \`expressives\`) for ${house}; found by name and gender when absent` });

export const dId = defineProvider<AvatarVideoProvider>()({
  id: 'd-id',
  title: 'D-ID',
  domain: 'avatar-video',
  kind: 'remote',
  capabilities: ['avatar'],
  variablePrefix: 'D_ID',
  credentials: ['API_KEY'],
  address: { live: 'https://api.d-id.com', sandbox: '/d-id' },
  defaults: { priority: 20, maxRetries: 0, cacheTtlS: 0, concurrency: 8 },
  environment: {
    D_ID_PRODUCT: z.enum(['clips', 'expressives']).default('clips').meta({ description: 'V3 Pro presenters (`clips`) or V4 Expressive avatars (`expressives`)' }),
    D_ID_PRESENTER_AMY: presenterId('amy'),
    D_ID_PRESENTER_DANIEL: presenterId('daniel'),
    D_ID_PRESENTER_LUCIA: presenterId('lucia'),
    D_ID_PRESENTER_MARCUS: presenterId('marcus'),
    D_ID_PRESENTER_SOFIA: presenterId('sofia'),
  },
  prices: D_ID_PRICES,
  create({ baseUrl, credential, environment }, { fetch, now }) {
    // The dashboard's key is base64(user):secret already, and goes behind `Basic` as it is.
    const http = new VendorHttp({ fetch, baseUrl, headers: { authorization: `Basic ${credential('API_KEY').reveal()}` } });
    const chosen = new Map(PRESENTER_IDS.map((id) => [id, environment[`D_ID_PRESENTER_${id.toUpperCase() as Uppercase<typeof id>}`]]));
    return { avatars: new DIdAvatarRenderer(http, { product: environment.D_ID_PRODUCT, chosen: ({ id }) => chosen.get(id), now }) };
  },
  toFailure: dIdFailure,
});

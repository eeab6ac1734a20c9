import type { PresenterId } from '@tecnocursos/contracts';
import { defineProvider, type ProviderMode } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { AvatarVideoProvider } from '../../ports/avatar-video-provider.port.js';
import { VendorHttp } from '../../wire/vendor-http.js';
import { SynthesiaAvatarRenderer } from './synthesia.adapter.js';
import { synthesiaFailure } from './synthesia.errors.js';
import { SYNTHESIA_PRICES } from './synthesia.prices.js';

const avatarId = (house: string) => z.string().max(200).optional().meta({ description: `the workspace’s avatar for ${house}; without one Synthesia does not show this presenter` });
const voiceId = (whose: string) => z.uuid().optional().meta({ description: `UUID of Synthesia’s voice for ${whose}; the avatar’s own when absent` });

const environment = {
  SYNTHESIA_UPLOAD_URL: z.url({ protocol: /^https?$/ }).default('https://upload.api.synthesia.io').meta({ description: 'host that takes recordings' }),
  SYNTHESIA_TEST: z.enum(['true', 'false']).default('false').transform((text) => text === 'true').meta({ description: 'true: videos are watermarked and free' }),
  SYNTHESIA_AVATAR_AMY: avatarId('amy'),
  SYNTHESIA_AVATAR_DANIEL: avatarId('daniel'),
  SYNTHESIA_AVATAR_LUCIA: avatarId('lucia'),
  SYNTHESIA_AVATAR_MARCUS: avatarId('marcus'),
  SYNTHESIA_AVATAR_SOFIA: avatarId('sofia'),
  SYNTHESIA_VOICE_FEMALE_PT_BR: voiceId('women in Portuguese'),
  SYNTHESIA_VOICE_MALE_PT_BR: voiceId('men in Portuguese'),
  SYNTHESIA_VOICE_FEMALE_EN: voiceId('women in English'),
  SYNTHESIA_VOICE_MALE_EN: voiceId('men in English'),
};
type Variables = z.output<z.ZodObject<typeof environment>>;

export const synthesia = defineProvider<AvatarVideoProvider>()({
  id: 'synthesia',
  title: 'Synthesia',
  domain: 'avatar-video',
  kind: 'remote',
  capabilities: ['avatar'],
  variablePrefix: 'SYNTHESIA',
  credentials: ['API_KEY'],
  address: { live: 'https://api.synthesia.io', sandbox: '/synthesia' },
  defaults: { priority: 10, maxRetries: 0, cacheTtlS: 0, concurrency: 8 },
  environment,
  prices: SYNTHESIA_PRICES,
  create({ mode, baseUrl, credential, environment: variables }, { fetch }) {
    const headers = { authorization: credential('API_KEY').reveal() };
    const http = new VendorHttp({ fetch, baseUrl, headers });
    const uploads = new VendorHttp({ fetch, baseUrl: mode === 'sandbox' ? baseUrl : variables.SYNTHESIA_UPLOAD_URL, headers });
    return {
      avatars: new SynthesiaAvatarRenderer(http, uploads, {
        test: variables.SYNTHESIA_TEST, avatarOf: ({ id }) => avatarOf(id, mode, variables), voiceOf: ({ presenter, speech }) => voiceOf(`${presenter.gender} ${speech.language}`, variables),
      }),
    };
  },
  toFailure: synthesiaFailure,
});

/** The sandbox has an avatar of any name. */
function avatarOf(id: PresenterId, mode: ProviderMode, variables: Variables): string | undefined {
  const set = variables[`SYNTHESIA_AVATAR_${id.toUpperCase() as Uppercase<PresenterId>}`];
  return set ?? (mode === 'sandbox' ? `${id}_costume1_cameraA` : undefined);
}

function voiceOf(whose: 'female pt-BR' | 'male pt-BR' | 'female en' | 'male en', variables: Variables): string | undefined {
  const { SYNTHESIA_VOICE_FEMALE_PT_BR, SYNTHESIA_VOICE_MALE_PT_BR, SYNTHESIA_VOICE_FEMALE_EN, SYNTHESIA_VOICE_MALE_EN } = variables;
  return { 'female pt-BR': SYNTHESIA_VOICE_FEMALE_PT_BR, 'male pt-BR': SYNTHESIA_VOICE_MALE_PT_BR, 'female en': SYNTHESIA_VOICE_FEMALE_EN, 'male en': SYNTHESIA_VOICE_MALE_EN }[whose];
}

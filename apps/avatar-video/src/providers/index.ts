import type { ProviderDefinition } from '@tecnocursos/provider-kit';
import type { AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import { dId } from './d-id/d-id.provider.js';
import { local } from './local/local.provider.js';
import { runway } from './runway/runway.provider.js';
import { stability } from './stability/stability.provider.js';
import { synthesia } from './synthesia/synthesia.provider.js';

/** Everybody who can do something of the domain: one line a vendor, in the order in which equals are asked. */
export const AVATAR_PROVIDERS: readonly ProviderDefinition<AvatarVideoProvider>[] = [
  synthesia,
  dId,
  runway,
  stability,
  local,
];

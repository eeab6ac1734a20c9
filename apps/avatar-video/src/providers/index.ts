import type { ProviderDefinition } from '@tecnocursos/provider-kit';
import type { z } from 'zod';
import type { AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import { dId } from './d-id/d-id.provider.js';
import { local } from './local/local.provider.js';
import { runway } from './runway/runway.provider.js';
import { stability } from './stability/stability.provider.js';
import { synthesia } from './synthesia/synthesia.provider.js';

/** A definition among others: the variables of its own are known to itself alone, and it gets no others. */
const listed = <Environment extends z.ZodRawShape>(definition: ProviderDefinition<AvatarVideoProvider, Environment>): ProviderDefinition<AvatarVideoProvider> =>
  definition as unknown as ProviderDefinition<AvatarVideoProvider>;

/** Everybody who can do something of the domain: one line a vendor, in the order in which equals are asked. */
export const AVATAR_PROVIDERS: readonly ProviderDefinition<AvatarVideoProvider>[] = [
  listed(synthesia),
  listed(dId),
  listed(runway),
  listed(stability),
  listed(local),
];

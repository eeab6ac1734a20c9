import { Inject, Injectable } from '@nestjs/common';
import type { ImportedProfile, LoginProviderName } from '@tecnocursos/contracts';
import { LOGGER, type Logger } from '@tecnocursos/nest-kit';
import type { ExternalIdentity } from './ports/login-provider.port.js';

/** Who a provider says somebody is, with what else it told; `profile` is null where it told nothing, or its import is off. */
export type Arrived = Omit<ExternalIdentity, 'readProfile'> & { readonly profile: ImportedProfile | null };

/** Profiles are an extra: a provider that does not give one out keeps nobody from signing in. */
@Injectable()
export class ProfileImport {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  async of(provider: LoginProviderName, { readProfile, ...identity }: ExternalIdentity): Promise<Arrived> {
    if (readProfile === undefined) return { ...identity, profile: null };
    const profile = await readProfile().catch((error: unknown) => {
      this.logger.warn({ err: error, provider }, 'a profile could not be imported; the login goes on without it');
      return null;
    });
    return { ...identity, profile };
  }
}

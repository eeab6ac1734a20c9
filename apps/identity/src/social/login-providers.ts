import { Inject, Injectable } from '@nestjs/common';
import { AppError, type LoginProviderName } from '@tecnocursos/contracts';
import { SOCIAL_CONFIG } from '../identity.tokens.js';
import type { LoginProvider } from './ports/login-provider.port.js';
import { createFacebookLogin } from './providers/facebook/facebook.provider.js';
import { createGithubLogin } from './providers/github/github.provider.js';
import { createGoogleLogin } from './providers/google/google.provider.js';
import { createLinkedinLogin } from './providers/linkedin/linkedin.provider.js';
import { createMicrosoftLogin } from './providers/microsoft/microsoft.provider.js';
import type { SocialConfig } from './social.config.js';

/** A new provider is one folder, and one line here. */
const FACTORIES: readonly ((config: SocialConfig) => LoginProvider | null)[] = [
  createGoogleLogin,
  createMicrosoftLogin,
  createLinkedinLogin,
  createGithubLogin,
  createFacebookLogin,
];

/** Login providers that are set up. */
@Injectable()
export class LoginProviders {
  private readonly providers: ReadonlyMap<LoginProviderName, LoginProvider>;

  constructor(@Inject(SOCIAL_CONFIG) config: SocialConfig) {
    this.providers = new Map(FACTORIES.map((create) => create(config)).filter((provider) => provider !== null).map((provider) => [provider.id, provider]));
  }

  list(): readonly LoginProvider[] {
    return [...this.providers.values()];
  }

  /** @throws AppError `not_found`. */
  get(id: LoginProviderName): LoginProvider {
    const provider = this.providers.get(id);
    if (!provider) throw new AppError('not_found', `Login with ${id} is not set up on this platform.`);
    return provider;
  }
}

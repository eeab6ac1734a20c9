import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import type { AccountsConfig } from '../accounts/accounts.config.js';
import { ACCOUNTS_CONFIG, SOCIAL_CONFIG } from '../identity.tokens.js';
import type { SocialConfig } from './social.config.js';

/** Where providers may send browsers back to: compared letter by letter (RFC 9700 §2.1). */
@Injectable()
export class RedirectUris {
  private readonly allowed: ReadonlySet<string>;

  constructor(@Inject(SOCIAL_CONFIG) social: SocialConfig, @Inject(ACCOUNTS_CONFIG) accounts: AccountsConfig) {
    const defaults = [`${accounts.PUBLIC_URL}/api/auth/social/callback`, `${accounts.IDENTITY_WEB_URL ?? accounts.PUBLIC_URL}/sign-in/callback`];
    this.allowed = new Set(social.IDENTITY_LOGIN_REDIRECT_URIS ?? defaults);
  }

  /** @throws AppError `forbidden`. */
  require(redirectUri: string): void {
    if (this.allowed.has(redirectUri)) return;
    throw new AppError('forbidden', 'This redirect URI is not set up.', { issues: [{ field: 'redirect_uri', message: 'Use one of IDENTITY_LOGIN_REDIRECT_URIS, letter by letter.' }] });
  }
}

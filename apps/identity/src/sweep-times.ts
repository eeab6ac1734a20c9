import { Inject, Injectable } from '@nestjs/common';
import type { AccountsConfig } from './accounts/accounts.config.js';
import { Clock } from './clock.js';
import { ACCOUNTS_CONFIG, TOKENS_CONFIG } from './identity.tokens.js';
import type { TokensConfig } from './tokens/tokens.config.js';

const DAY_MS = 86_400_000;
/** Days that ended sessions stay, for who asks what happened. */
const ENDED_SESSION_DAYS = 30;

/** Before when what is over. */
@Injectable()
export class SweepTimes {
  constructor(
    private readonly clock: Clock,
    @Inject(ACCOUNTS_CONFIG) private readonly accounts: AccountsConfig,
    @Inject(TOKENS_CONFIG) private readonly tokens: TokensConfig,
  ) {}

  now(): { successorsBefore: Date; sessionsBefore: Date; unverifiedBefore: Date } {
    return {
      successorsBefore: this.clock.in(-this.tokens.IDENTITY_REFRESH_GRACE_S * 1000),
      sessionsBefore: this.clock.in(-ENDED_SESSION_DAYS * DAY_MS),
      unverifiedBefore: this.clock.in(-this.accounts.IDENTITY_UNVERIFIED_DAYS * DAY_MS),
    };
  }
}

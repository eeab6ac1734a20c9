import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql } from 'kysely';
import { Clock } from '../clock.js';
import { ACCOUNTS_CONFIG } from '../identity.tokens.js';
import { sha256 } from '../random-token.js';
import type { AccountsConfig } from './accounts.config.js';
import type { IdentityDatabase } from '../identity.tables.js';

export type AttemptKind = 'sign-in-account' | 'sign-in-address' | 'second-factor' | 'password' | 'mail' | 'sign-up-address';

/** What is counted. `who` is kept as a hash: the table tells no addresses. */
export interface AttemptSubject {
  kind: AttemptKind;
  who: string;
}

const MINUTE_MS = 60_000;
const nameOf = ({ kind, who }: AttemptSubject): string => `${kind}:${sha256(who)}`;

/**
 * Counts attempts in the database, which all replicas share. An attempt is counted before it is made and given back when it was right,
 * so that a hundred at the same time are no more than one after another.
 */
@Injectable()
export class AttemptLimiter {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `rate_limited` with the seconds until the window ends. */
  async take(subjects: readonly AttemptSubject[]): Promise<void> {
    for (const subject of subjects) {
      const { failures, window_ends_at: endsAt } = await this.count(nameOf(subject));
      if (failures <= this.limitOf(subject.kind)) continue;
      const retryAfterS = Math.max(1, Math.ceil((endsAt.getTime() - this.clock.now().getTime()) / 1000));
      throw new AppError('rate_limited', 'Too many attempts. Wait, and try again.', { retryAfterS });
    }
  }

  /** The attempt was right: an account starts anew, an address gets this one attempt back. */
  async release(subjects: readonly AttemptSubject[]): Promise<void> {
    for (const subject of subjects) {
      if (subject.kind.endsWith('address')) {
        await this.db.updateTable('attempt_counter').set((eb) => ({ failures: eb('failures', '-', 1) })).where('subject', '=', nameOf(subject)).where('failures', '>', 0).execute();
      } else await this.forget(subject);
    }
  }

  async forget(subject: AttemptSubject): Promise<void> {
    await this.db.deleteFrom('attempt_counter').where('subject', '=', nameOf(subject)).execute();
  }

  async sweep(): Promise<void> {
    await this.db.deleteFrom('attempt_counter').where('window_ends_at', '<=', this.clock.now()).execute();
  }

  private count(subject: string): Promise<{ failures: number; window_ends_at: Date }> {
    const now = this.clock.now();
    const endsAt = this.clock.in(this.config.IDENTITY_LOCKOUT_MINUTES * MINUTE_MS);
    return this.db
      .insertInto('attempt_counter')
      .values({ subject, failures: 1, window_ends_at: endsAt })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet({
        failures: sql<number>`case when attempt_counter.window_ends_at <= ${now} then 1 else attempt_counter.failures + 1 end`,
        window_ends_at: sql<Date>`case when attempt_counter.window_ends_at <= ${now} then ${endsAt} else attempt_counter.window_ends_at end`,
      }))
      .returning(['failures', 'window_ends_at'])
      .executeTakeFirstOrThrow();
  }

  private limitOf(kind: AttemptKind): number {
    switch (kind) {
      case 'sign-in-account':
      case 'second-factor':
      case 'password':
        return this.config.IDENTITY_LOCKOUT_ACCOUNT_FAILURES;
      case 'sign-in-address':
      case 'sign-up-address':
        return this.config.IDENTITY_LOCKOUT_ADDRESS_FAILURES;
      case 'mail':
        return this.config.IDENTITY_MAILS_PER_ADDRESS;
    }
  }
}

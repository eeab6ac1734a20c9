import { Inject, Injectable } from '@nestjs/common';
import { AppError, ImportedProfileSchema, type Client, type LinkedIdentity } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AccountRepository } from '../accounts/account.repository.js';
import { AccountTrail } from '../audit/account-trail.service.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { LinkedIdentityRepository, type NewLink } from './linked-identity.repository.js';

/** Identities elsewhere that an account can sign in with. */
@Injectable()
export class IdentityLinking {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly links: LinkedIdentityRepository,
    private readonly accounts: AccountRepository,
    private readonly trail: AccountTrail,
  ) {}

  /** Linking again changes nothing. @throws AppError `conflict` when another account has it. */
  async link(link: NewLink, client: Client): Promise<void> {
    await this.accounts.get(link.accountId);
    const record = await this.trail.of(link.accountId);
    await this.db.transaction().execute(async (transaction) => {
      const holder = await this.links.linkIn(transaction, link);
      if (holder !== link.accountId) throw new AppError('conflict', 'This identity is linked to another account.');
      await record(transaction, { action: 'identity.linked', data: { provider: link.provider }, client });
    });
  }

  async list(accountId: string): Promise<LinkedIdentity[]> {
    return (await this.links.list(accountId)).map((row) => ({
      id: row.id, provider: row.provider, email: row.email, profile: row.profile === null ? null : ImportedProfileSchema.parse(JSON.parse(row.profile)),
      linked_at: row.linked_at.toISOString(), last_used_at: row.last_used_at?.toISOString() ?? null,
    }));
  }

  /** @throws AppError `conflict` when it is the last way to sign in, `not_found`. */
  async unlink(accountId: string, id: string, client: Client | undefined): Promise<boolean> {
    await this.accounts.get(accountId);
    const record = await this.trail.of(accountId);
    return this.db.transaction().execute(async (transaction) => {
      const account = await transaction.selectFrom('account').select('password_hash').where('id', '=', accountId).forUpdate().executeTakeFirstOrThrow();
      const removed = await this.links.unlinkIn(transaction, accountId, id);
      if (!removed) return false;
      const others = await transaction.selectFrom('linked_identity').select('id').where('account_id', '=', accountId).limit(1).execute();
      if (account.password_hash === null && others.length === 0) throw new AppError('conflict', 'This is the only way to sign in to the account. Set a password first.');
      await record(transaction, { action: 'identity.unlinked', data: { provider: removed.provider }, client });
      return true;
    });
  }
}

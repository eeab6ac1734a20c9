import { Inject, Injectable } from '@nestjs/common';
import { newId, type LoginProviderName } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { ExternalIdentity } from './ports/login-provider.port.js';
import type { LinkedIdentityRow } from './social.tables.js';

export interface NewLink {
  accountId: string;
  provider: LoginProviderName;
  identity: Pick<ExternalIdentity, 'issuer' | 'subject' | 'email'>;
}

@Injectable()
export class LinkedIdentityRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  async find({ issuer, subject }: Pick<ExternalIdentity, 'issuer' | 'subject'>): Promise<LinkedIdentityRow | undefined> {
    return this.db.selectFrom('linked_identity').selectAll().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
  }

  async list(accountId: string): Promise<LinkedIdentityRow[]> {
    return this.db.selectFrom('linked_identity').selectAll().where('account_id', '=', accountId).orderBy('linked_at').execute();
  }

  /** Of all who link one identity at once, one gets it. @returns the account that has it. */
  async linkIn(transaction: IdentityTransaction, { accountId, provider, identity: { issuer, subject, email } }: NewLink): Promise<string> {
    await transaction.insertInto('linked_identity')
      .values({ id: newId(), account_id: accountId, provider, issuer, subject, email, linked_at: this.clock.now(), last_used_at: null })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing()).execute();
    const row = await transaction.selectFrom('linked_identity').select('account_id').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirstOrThrow();
    return row.account_id;
  }

  async touch(id: string): Promise<void> {
    await this.db.updateTable('linked_identity').set({ last_used_at: this.clock.now() }).where('id', '=', id).execute();
  }

  async unlinkIn(transaction: IdentityTransaction, accountId: string, id: string): Promise<LinkedIdentityRow | undefined> {
    return transaction.deleteFrom('linked_identity').where('account_id', '=', accountId).where('id', '=', id).returningAll().executeTakeFirst();
  }
}

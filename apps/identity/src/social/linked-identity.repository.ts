import { Inject, Injectable } from '@nestjs/common';
import { newId, type ImportedProfile, type LoginProviderName } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { Arrived } from './profile-import.service.js';
import type { LinkedIdentityRow } from './social.tables.js';

export interface NewLink {
  accountId: string;
  provider: LoginProviderName;
  identity: Pick<Arrived, 'issuer' | 'subject' | 'email' | 'profile'>;
}

@Injectable()
export class LinkedIdentityRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  async find({ issuer, subject }: Pick<Arrived, 'issuer' | 'subject'>): Promise<LinkedIdentityRow | undefined> {
    return this.db.selectFrom('linked_identity').selectAll().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
  }

  async list(accountId: string): Promise<LinkedIdentityRow[]> {
    return this.db.selectFrom('linked_identity').selectAll().where('account_id', '=', accountId).orderBy('linked_at').execute();
  }

  /** Of all who link one identity at once, one gets it. @returns the account that has it. */
  async linkIn(transaction: IdentityTransaction, { accountId, provider, identity: { issuer, subject, email, profile } }: NewLink): Promise<string> {
    await transaction.insertInto('linked_identity')
      .values({ id: newId(), account_id: accountId, provider, issuer, subject, email, profile: stored(profile), linked_at: this.clock.now(), last_used_at: null })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing()).execute();
    const row = await transaction.selectFrom('linked_identity').select('account_id').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirstOrThrow();
    return row.account_id;
  }

  /** @param profile as it was told this time; null leaves what is there. */
  async touch(id: string, profile: ImportedProfile | null): Promise<void> {
    await this.db.updateTable('linked_identity').set({ last_used_at: this.clock.now(), ...(profile && { profile: stored(profile) }) }).where('id', '=', id).execute();
  }

  async unlinkIn(transaction: IdentityTransaction, accountId: string, id: string): Promise<LinkedIdentityRow | undefined> {
    return transaction.deleteFrom('linked_identity').where('account_id', '=', accountId).where('id', '=', id).returningAll().executeTakeFirst();
  }
}

const stored = (profile: ImportedProfile | null): string | null => profile && JSON.stringify(profile);

import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Executor, IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { CredentialRow } from './credential.tables.js';

@Injectable()
export class CredentialRepository {
  constructor(@Inject(SCHEMA) private readonly db: IdentityDatabase) {}

  async putIn(transaction: IdentityTransaction, credential: CredentialRow): Promise<void> {
    const { sealed, last_four, updated_at, updated_by } = credential;
    await transaction.insertInto('credential').values(credential)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'provider', 'field']).doUpdateSet({ sealed, last_four, updated_at, updated_by })).execute();
  }

  async list(tenantId: string, provider: string | undefined): Promise<CredentialRow[]> {
    return this.db.selectFrom('credential').selectAll().where('tenant_id', '=', tenantId)
      .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? '')).orderBy('provider').orderBy('field').limit(1_000).execute();
  }

  async deleteIn(transaction: IdentityTransaction, tenantId: string, place: { provider: string; field: string }): Promise<boolean> {
    const { numDeletedRows } = await transaction.deleteFrom('credential')
      .where('tenant_id', '=', tenantId).where('provider', '=', place.provider).where('field', '=', place.field).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async deleteAllIn(executor: Executor, tenantId: string): Promise<number> {
    const { numDeletedRows } = await executor.deleteFrom('credential').where('tenant_id', '=', tenantId).executeTakeFirst();
    return Number(numDeletedRows);
  }
}

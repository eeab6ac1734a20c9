import { Inject, Injectable } from '@nestjs/common';
import { newId, type ApiKeyMode, type Language } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import type { Selectable } from 'kysely';
import type { IdentityDatabase, IdentityTransaction } from './identity.tables.js';
import type { TenantTables } from './tenant.tables.js';

export interface NewTenant {
  name: string;
  ownerName: string;
  ownerEmail: string;
  language: Language;
}

export interface FirstKey {
  sha256: string;
  mode: ApiKeyMode;
  hint: string;
}

type TenantRow = Omit<Selectable<TenantTables['tenant']>, 'created_at' | 'erased_at'>;
const BOOTSTRAP = 'bootstrap';

@Injectable()
export class TenantRepository {
  constructor(@Inject(SCHEMA) private readonly db: IdentityDatabase) {}

  async findTenant(id: string): Promise<TenantRow | undefined> {
    return this.db.selectFrom('tenant').select(['id', 'name', 'owner_name', 'owner_email', 'language']).where('id', '=', id).where('erased_at', 'is', null).executeTakeFirst();
  }

  /** Makes the first tenant with its key; true when there was none before. Replicas that start together make one. */
  async createFirst(tenant: NewTenant, key: FirstKey): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, 'identity.first-tenant');
      const existing = await transaction.selectFrom('tenant').select('id').limit(1).executeTakeFirst();
      if (existing) return false;
      const id = newId();
      await transaction
        .insertInto('tenant')
        .values({ id, name: tenant.name, owner_name: tenant.ownerName, owner_email: tenant.ownerEmail, language: tenant.language })
        .execute();
      await this.insertKeyIn(transaction, id, key);
      return true;
    });
  }

  /** Gives the oldest tenant a further key; a key that is there already stays as it is. */
  async addKeyToFirst(key: FirstKey): Promise<void> {
    const tenant = await this.db.selectFrom('tenant').select('id').where('erased_at', 'is', null).orderBy('created_at').limit(1).executeTakeFirst();
    if (!tenant) return;
    await this.db.transaction().execute((transaction) => this.insertKeyIn(transaction, tenant.id, key));
  }

  private async insertKeyIn(transaction: IdentityTransaction, tenantId: string, key: FirstKey): Promise<void> {
    await transaction
      .insertInto('api_key')
      .values({ id: newId(), tenant_id: tenantId, key_sha256: key.sha256, name: BOOTSTRAP, mode: key.mode, role: 'owner', hint: key.hint, revoked_at: null })
      .onConflict((conflict) => conflict.column('key_sha256').doNothing())
      .execute();
  }
}

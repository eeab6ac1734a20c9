import { Inject, Injectable } from '@nestjs/common';
import { newId, type Language } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import type { IdentityTables } from './identity.tables.js';

export interface NewTenant {
  name: string;
  ownerName: string;
  ownerEmail: string;
  language: Language;
}

@Injectable()
export class TenantRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<IdentityTables>) {}

  async findKey(keySha256: string): Promise<{ id: string; tenant_id: string } | undefined> {
    return this.db.selectFrom('api_key').select(['id', 'tenant_id']).where('key_sha256', '=', keySha256).where('revoked_at', 'is', null).executeTakeFirst();
  }

  async findTenant(id: string): Promise<Omit<IdentityTables['tenant'], 'created_at'> | undefined> {
    return this.db.selectFrom('tenant').select(['id', 'name', 'owner_name', 'owner_email', 'language']).where('id', '=', id).executeTakeFirst();
  }

  /** Makes the first tenant with its key; true when there was none before. Replicas that start together make one. */
  async createFirst(tenant: NewTenant, keySha256: string): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, 'identity.first-tenant');
      const existing = await transaction.selectFrom('tenant').select('id').limit(1).executeTakeFirst();
      if (existing) return false;
      const id = newId();
      await transaction
        .insertInto('tenant')
        .values({ id, name: tenant.name, owner_name: tenant.ownerName, owner_email: tenant.ownerEmail, language: tenant.language })
        .execute();
      await transaction.insertInto('api_key').values({ id: newId(), tenant_id: id, key_sha256: keySha256, revoked_at: null }).execute();
      return true;
    });
  }

  /** Gives the oldest tenant a further key; a key that is there already stays as it is. */
  async addKeyToFirst(keySha256: string): Promise<void> {
    const tenant = await this.db.selectFrom('tenant').select('id').orderBy('created_at').limit(1).executeTakeFirstOrThrow();
    await this.db
      .insertInto('api_key')
      .values({ id: newId(), tenant_id: tenant.id, key_sha256: keySha256, revoked_at: null })
      .onConflict((conflict) => conflict.column('key_sha256').doNothing())
      .execute();
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Insertable, Selectable } from 'kysely';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import type { TenantTables } from '../tenant.tables.js';

export type ApiKeyRow = Selectable<TenantTables['api_key']>;
const MINUTE_MS = 60_000;

@Injectable()
export class ApiKeyRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  /** By its hash, which finds the tenant; not when it was revoked, has expired, or its organization has ended. */
  async findValid(keySha256: string): Promise<ApiKeyRow | undefined> {
    return this.db.selectFrom('api_key').innerJoin('tenant', 'tenant.id', 'api_key.tenant_id').selectAll('api_key')
      .where('key_sha256', '=', keySha256).where('revoked_at', 'is', null).where('tenant.erased_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', this.clock.now())])).executeTakeFirst();
  }

  async find(tenantId: string, id: string): Promise<ApiKeyRow | undefined> {
    return this.db.selectFrom('api_key').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
  }

  async list(tenantId: string, which: 'valid' | 'all'): Promise<ApiKeyRow[]> {
    return this.db.selectFrom('api_key').selectAll().where('tenant_id', '=', tenantId)
      .$if(which === 'valid', (query) => query.where('revoked_at', 'is', null)).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(500).execute();
  }

  async insertIn(transaction: IdentityTransaction, key: Insertable<TenantTables['api_key']>): Promise<ApiKeyRow> {
    return transaction.insertInto('api_key').values(key).returningAll().executeTakeFirstOrThrow();
  }

  /** Ends a key at a time, once: false when it is not valid any more, or was replaced by another one. */
  async replaceIn(transaction: IdentityTransaction, tenantId: string, id: string, by: { id: string; validUntil: Date }): Promise<boolean> {
    const { numUpdatedRows } = await transaction.updateTable('api_key').set({ replaced_by: by.id, expires_at: by.validUntil })
      .where('tenant_id', '=', tenantId).where('id', '=', id).where('revoked_at', 'is', null).where('replaced_by', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', this.clock.now())])).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** @returns false when it was revoked before. */
  async revokeIn(transaction: IdentityTransaction, tenantId: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await transaction.updateTable('api_key').set({ revoked_at: this.clock.now() })
      .where('tenant_id', '=', tenantId).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Writes the last use down, at most once a minute. @returns true for the first use of a day (UTC). */
  async touch({ id, last_used_at: last }: Pick<ApiKeyRow, 'id' | 'last_used_at'>): Promise<boolean> {
    const now = this.clock.now();
    if (last !== null && now.getTime() - last.getTime() < MINUTE_MS) return false;
    const { numUpdatedRows } = await this.db.updateTable('api_key').set({ last_used_at: now })
      .where('id', '=', id).where('last_used_at', last === null ? 'is' : '=', last).executeTakeFirst();
    const isNewDay = last === null || last.toISOString().slice(0, 10) !== now.toISOString().slice(0, 10);
    return numUpdatedRows > 0n && isNewDay;
  }
}

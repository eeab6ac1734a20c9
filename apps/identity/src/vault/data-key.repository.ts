import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Executor, IdentityDatabase } from '../identity.tables.js';

export interface WrappedKey {
  tenant_id: string;
  version: number;
  wrapped: string;
}

@Injectable()
export class DataKeyRepository {
  constructor(@Inject(SCHEMA) private readonly db: IdentityDatabase) {}

  async find(tenantId: string, version: number): Promise<{ wrapped: string | null } | undefined> {
    return this.db.selectFrom('data_key').select('wrapped').where('tenant_id', '=', tenantId).where('version', '=', version).executeTakeFirst();
  }

  async newest(tenantId: string): Promise<{ version: number; wrapped: string | null } | undefined> {
    return this.db.selectFrom('data_key').select(['version', 'wrapped']).where('tenant_id', '=', tenantId).orderBy('version', 'desc').limit(1).executeTakeFirst();
  }

  /** Of replicas that make the same version together, the first one's stays. */
  async insert(key: WrappedKey & { master_key_id: string }): Promise<void> {
    await this.db.insertInto('data_key').values({ ...key, destroyed_at: null }).onConflict((conflict) => conflict.columns(['tenant_id', 'version']).doNothing()).execute();
  }

  /** Some keys that another master key than the current one wraps, after one of them. */
  async wrappedByOthers(masterKeyId: string, after: WrappedKey | undefined, limit: number): Promise<WrappedKey[]> {
    const rows = await this.db
      .selectFrom('data_key').select(['tenant_id', 'version', 'wrapped'])
      .where('master_key_id', '!=', masterKeyId).where('wrapped', 'is not', null)
      .$if(after !== undefined, (query) => query.where((where) => where(where.refTuple('tenant_id', 'version'), '>', where.tuple(after?.tenant_id ?? '', after?.version ?? 0))))
      .orderBy('tenant_id').orderBy('version').limit(limit).execute();
    return rows.map((row) => ({ ...row, wrapped: row.wrapped ?? '' }));
  }

  /** Only when nobody else has changed it: a key that was destroyed meanwhile stays destroyed. */
  async replace(tenantId: string, version: number, wrapped: { from: string; to: string }, masterKeyId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('data_key').set({ wrapped: wrapped.to, master_key_id: masterKeyId })
      .where('tenant_id', '=', tenantId).where('version', '=', version).where('wrapped', '=', wrapped.from)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async destroy(executor: Executor, tenantId: string, at: Date): Promise<void> {
    await executor.updateTable('data_key').set({ wrapped: null, destroyed_at: at }).where('tenant_id', '=', tenantId).where('destroyed_at', 'is', null).execute();
  }
}

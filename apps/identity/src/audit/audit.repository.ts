import { Inject, Injectable } from '@nestjs/common';
import { ClientSchema, newId, type Actor, type AuditEntry, type Client } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import { sql, type Selectable } from 'kysely';
import { Clock } from '../clock.js';
import type { AuditTables } from './audit.tables.js';
import { commitClient, entryHash, GENESIS, type AuditData } from './audit-chain.js';
import { canonicalJson } from './canonical-json.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';

export interface NewAuditEntry {
  /** The same id adds once. */
  id?: string;
  actor: Actor;
  action: string;
  target?: string | undefined;
  data?: AuditData;
  client?: Client | undefined;
}

type Row = Selectable<AuditTables['audit_entry']>;
export interface AuditPage {
  limit: number;
  before?: number | undefined;
  action?: string | undefined;
  actorId?: string | undefined;
}

@Injectable()
export class AuditRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  async append(tenantId: string, entry: NewAuditEntry): Promise<{ sequence: number; hash: string }> {
    return this.db.transaction().execute((transaction) => this.appendIn(transaction, tenantId, entry));
  }

  /** In the transaction that makes it true. Writers of one chain take turns until their transactions end: append last. */
  async appendIn(transaction: IdentityTransaction, tenantId: string, entry: NewAuditEntry): Promise<{ sequence: number; hash: string }> {
    await lockKey(transaction, `identity.audit:${tenantId}`);
    const id = entry.id ?? newId();
    const known = entry.id === undefined ? undefined : await transaction.selectFrom('audit_entry').select(['sequence', 'hash']).where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst();
    if (known) return known;
    const head = (await this.headOf(transaction, tenantId)) ?? { sequence: 0, hash: GENESIS };
    const client = commitClient(entry.client);
    const chained = {
      tenantId, sequence: head.sequence + 1, id, occurredAt: this.clock.now(), actor: entry.actor, action: entry.action, target: entry.target ?? null,
      data: canonicalJson(entry.data ?? {}), clientCommitment: client.client_commitment, previousHash: head.hash,
    };
    const hash = entryHash(chained);
    await transaction.insertInto('audit_entry').values({
      ...client, tenant_id: tenantId, sequence: chained.sequence, id, occurred_at: chained.occurredAt, actor_type: entry.actor.type, actor_id: entry.actor.id,
      action: entry.action, target: chained.target, data: chained.data, previous_hash: head.hash, hash,
    }).execute();
    return { sequence: chained.sequence, hash };
  }

  async list(tenantId: string, page: AuditPage): Promise<AuditEntry[]> {
    const rows = await this.db
      .selectFrom('audit_entry').selectAll().where('tenant_id', '=', tenantId)
      .$if(page.before !== undefined, (query) => query.where('sequence', '<', page.before ?? 0))
      .$if(page.action !== undefined, (query) => query.where('action', '=', page.action ?? ''))
      .$if(page.actorId !== undefined, (query) => query.where('actor_id', '=', page.actorId ?? ''))
      .orderBy('sequence', 'desc').limit(page.limit).execute();
    return rows.map(toEntry);
  }

  async after(tenantId: string, sequence: number, limit: number): Promise<Row[]> {
    return this.db.selectFrom('audit_entry').selectAll().where('tenant_id', '=', tenantId).where('sequence', '>', sequence).orderBy('sequence').limit(limit).execute();
  }

  async checkpoint(tenantId: string): Promise<{ sequence: number; hash: string } | undefined> {
    return this.db.selectFrom('audit_checkpoint').select(['sequence', 'hash']).where('tenant_id', '=', tenantId).executeTakeFirst();
  }

  /** Erases where the actor's requests came from; who did what stays, under an id that leads to nobody. @returns entries changed. */
  async eraseClients(tenantId: string, actorId: string): Promise<number> {
    const { numUpdatedRows } = await this.db.updateTable('audit_entry').set({ client: null, client_salt: null })
      .where('tenant_id', '=', tenantId).where('actor_id', '=', actorId).where('client', 'is not', null).executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Deletes the oldest entries, up to the first younger one, and remembers where the chain begins then. */
  async prune(tenantId: string, olderThan: Date): Promise<number> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, `identity.audit:${tenantId}`);
      const last = await transaction.selectFrom('audit_entry').select(['sequence', 'hash']).where('tenant_id', '=', tenantId)
        .where('occurred_at', '<', olderThan).orderBy('sequence', 'desc').limit(1).executeTakeFirst();
      if (!last) return 0;
      await sql`select set_config('identity.audit_prune', 'on', true)`.execute(transaction);
      const { numDeletedRows } = await transaction.deleteFrom('audit_entry').where('tenant_id', '=', tenantId).where('sequence', '<=', last.sequence).executeTakeFirst();
      await transaction.insertInto('audit_checkpoint').values({ tenant_id: tenantId, ...last })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(last)).execute();
      return Number(numDeletedRows);
    });
  }

  private async headOf(transaction: IdentityTransaction, tenantId: string): Promise<{ sequence: number; hash: string } | undefined> {
    const head = await transaction.selectFrom('audit_entry').select(['sequence', 'hash']).where('tenant_id', '=', tenantId).orderBy('sequence', 'desc').limit(1).executeTakeFirst();
    return head ?? transaction.selectFrom('audit_checkpoint').select(['sequence', 'hash']).where('tenant_id', '=', tenantId).executeTakeFirst();
  }
}

function toEntry(row: Row): AuditEntry {
  return {
    id: row.id, sequence: row.sequence, occurred_at: row.occurred_at.toISOString(), actor: { type: row.actor_type, id: row.actor_id }, action: row.action,
    target: row.target, data: JSON.parse(row.data) as AuditEntry['data'], client: row.client === null ? null : ClientSchema.parse(JSON.parse(row.client)),
    hash: row.hash, previous_hash: row.previous_hash,
  };
}

import { sql, type Kysely } from 'kysely';

export interface AuditTables {
  audit_entry: {
    tenant_id: string;
    sequence: number;
    id: string;
    occurred_at: Date;
    actor_type: 'account' | 'api_key' | 'service';
    actor_id: string;
    action: string;
    target: string | null;
    /** Canonical JSON. */
    data: string;
    /** Canonical JSON of where the request came from; null when there is none, or when it was erased. */
    client: string | null;
    client_salt: string | null;
    /** SHA-256 of salt and client: stays when they are erased, so that the chain still verifies. */
    client_commitment: string | null;
    previous_hash: string;
    hash: string;
  };
  /** Where a chain begins whose oldest entries were deleted when their time was over. */
  audit_checkpoint: { tenant_id: string; sequence: number; hash: string };
}

export async function createAuditTables(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const schema = db.schema.withSchema(schemaName);
  await schema
    .createTable('audit_entry')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('id', 'uuid', (column) => column.notNull())
    .addColumn('occurred_at', 'timestamptz', (column) => column.notNull())
    .addColumn('actor_type', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('target', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('client', 'text')
    .addColumn('client_salt', 'text')
    .addColumn('client_commitment', 'text')
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_entry_pk', ['tenant_id', 'sequence'])
    .addUniqueConstraint('audit_entry_once', ['tenant_id', 'id'])
    .execute();
  await schema
    .createTable('audit_checkpoint')
    .addColumn('tenant_id', 'uuid', (column) => column.primaryKey())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await createAppendOnlyTrigger(db, schemaName);
}

/** The only change is that `client` and its salt become null; rows go when their time is over, by a transaction that says so. */
async function createAppendOnlyTrigger(db: Kysely<unknown>, schemaName: string): Promise<void> {
  const guard = sql.id(schemaName, 'audit_append_only');
  const table = sql.id(schemaName, 'audit_entry');
  await sql`
    create function ${guard}() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if coalesce(current_setting('identity.audit_prune', true), '') = 'on' then return old; end if;
        raise exception 'audit_entry is append-only';
      end if;
      if new.client is null and new.client_salt is null
        and (new.tenant_id, new.sequence, new.id, new.occurred_at, new.actor_type, new.actor_id, new.action, new.data, new.previous_hash, new.hash)
          = (old.tenant_id, old.sequence, old.id, old.occurred_at, old.actor_type, old.actor_id, old.action, old.data, old.previous_hash, old.hash)
        and new.target is not distinct from old.target and new.client_commitment is not distinct from old.client_commitment
      then return new; end if;
      raise exception 'audit_entry is append-only';
    end $$`.execute(db);
  await sql`create trigger audit_append_only before update or delete on ${table} for each row execute function ${guard}()`.execute(db);
}

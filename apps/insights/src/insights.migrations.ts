import { UsageUnitSchema } from '@tecnocursos/contracts';
import type { Migrations } from '@tecnocursos/persistence';
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import { INSIGHTS_SCHEMA } from './insights.tables.js';

export const insightsMigrations: Migrations = {
  '001-ledger': {
    up: async (db) => {
      await createLedger(db);
      await keepUnchanged(db);
      await createRollups(db);
    },
  },
  '002-budgets': {
    up: async (db) => {
      await createBudgets(db);
      await createLeases(db);
    },
  },
  '003-erasure': { up: letErasureIn },
};

async function createLedger(db: Kysely<unknown>): Promise<void> {
  const table = db.schema
    .withSchema(INSIGHTS_SCHEMA)
    .createTable('usage_record')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('call_id', 'uuid', (column) => column.notNull())
    .addColumn('domain', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('started_at', 'timestamptz', (column) => column.notNull())
    .addColumn('latency_ms', 'double precision', (column) => column.notNull())
    .addColumn('cost_micros', 'bigint', (column) => column.notNull())
    .addColumn('simulated', 'boolean', (column) => column.notNull())
    .addColumn('fallback_from', 'text')
    .addColumn('attempt', 'integer', (column) => column.notNull());
  await withUnits(table, 'absent').execute();
  const records = sql.id(INSIGHTS_SCHEMA, 'usage_record');
  await sql`create index usage_record_by_tenant on ${records} (tenant_id, started_at)`.execute(db);
  await sql`create index usage_record_by_age on ${records} using brin (started_at)`.execute(db);
  // Calls that took more than one attempt are few, and the only ones whose attempts have to be told apart from calls. The index answers without the table.
  const read = sql`call_id, domain, operation, provider, model, outcome, simulated`;
  await sql`
    create index usage_record_of_chains on ${records} (tenant_id, started_at) include (${read}) where attempt > 1 or outcome not in ('ok', 'cache_hit')`.execute(db);
}

async function keepUnchanged(db: Kysely<unknown>): Promise<void> {
  const refuse = sql.id(INSIGHTS_SCHEMA, 'refuse_change');
  await sql`create function ${refuse}() returns trigger language plpgsql as $$ begin raise exception 'The ledger is append-only'; end $$`.execute(db);
  await sql`create trigger usage_record_unchanged before update on ${sql.id(INSIGHTS_SCHEMA, 'usage_record')} for each row execute function ${refuse}()`.execute(db);
}

/** An organization's end takes the ids of its requests, which clients may have chosen, out of the ledger; nothing else of a row is ever changed. */
async function letErasureIn(db: Kysely<unknown>): Promise<void> {
  await sql`create or replace function ${sql.id(INSIGHTS_SCHEMA, 'refuse_change')}() returns trigger language plpgsql as $$ begin
    if current_setting('insights.erasure', true) = 'on' and to_jsonb(new) - 'request_id' = to_jsonb(old) - 'request_id' then return new; end if;
    raise exception 'The ledger is append-only';
  end $$`.execute(db);
}

async function createRollups(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema.withSchema(INSIGHTS_SCHEMA);
  const hours = schema
    .createTable('usage_hour')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('hour', 'timestamptz', (column) => column.notNull())
    .addColumn('domain', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('simulated', 'boolean', (column) => column.notNull())
    .addColumn('latency_bucket', 'integer', (column) => column.notNull())
    .addColumn('records', 'bigint', (column) => column.notNull())
    .addColumn('single', 'bigint', (column) => column.notNull())
    .addColumn('fallbacks', 'bigint', (column) => column.notNull())
    .addColumn('latency_ms', 'double precision', (column) => column.notNull())
    .addColumn('cost_micros', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_hour_pk', ['tenant_id', 'hour', 'domain', 'operation', 'provider', 'model', 'outcome', 'simulated', 'latency_bucket']);
  await withUnits(hours, 'zero').execute();
  await schema
    .createTable('spend_day')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('day', 'date', (column) => column.notNull())
    .addColumn('cost_micros', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('spend_day_pk', ['tenant_id', 'provider', 'day'])
    .execute();
  await schema.createIndex('spend_day_by_provider').on('spend_day').columns(['provider', 'day']).execute();
}

/** One column for each unit that vendors bill by; what an attempt did not use is null and costs no space. */
function withUnits<T extends string, C extends string>(table: CreateTableBuilder<T, C>, absence: 'absent' | 'zero'): CreateTableBuilder<T, C> {
  return UsageUnitSchema.options.reduce(
    (builder, unit) => builder.addColumn(unit, 'bigint', (column) => (absence === 'zero' ? column.notNull() : column)) as CreateTableBuilder<T, C>,
    table,
  );
}

async function createBudgets(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema.withSchema(INSIGHTS_SCHEMA);
  await schema
    .createTable('budget_limit')
    .addColumn('tenant_id', 'uuid', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('limit_micros', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('budget_limit_pk', ['tenant_id', 'period'])
    .execute();
  await schema
    .createTable('budget')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('period_start', 'timestamptz', (column) => column.notNull())
    .addColumn('limit_micros', 'bigint')
    .addColumn('spent_micros', 'bigint', (column) => column.notNull().check(sql`spent_micros >= 0`))
    .addColumn('reserved_micros', 'bigint', (column) => column.notNull().check(sql`reserved_micros >= 0`))
    .addPrimaryKeyConstraint('budget_pk', ['scope', 'subject', 'period', 'period_start'])
    .execute();
}

async function createLeases(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema.withSchema(INSIGHTS_SCHEMA);
  await schema
    .createTable('lease')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('period', 'text', (column) => column.notNull())
    .addColumn('period_start', 'timestamptz', (column) => column.notNull())
    .addColumn('holder', 'uuid', (column) => column.notNull())
    .addColumn('granted_micros', 'bigint', (column) => column.notNull())
    .addColumn('open_micros', 'bigint', (column) => column.notNull().check(sql`open_micros >= 0`))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
  const leases = sql.id(INSIGHTS_SCHEMA, 'lease');
  await sql`create index lease_open on ${leases} (scope, subject, period, period_start, expires_at) where state = 'open'`.execute(db);
  await schema.createIndex('lease_by_expiry').on('lease').column('expires_at').execute();
  await schema
    .createTable('settlement')
    .addColumn('lease_id', 'uuid', (column) => column.notNull().references(`${INSIGHTS_SCHEMA}.lease.id`).onDelete('cascade'))
    .addColumn('id', 'uuid', (column) => column.notNull())
    .addColumn('spent_micros', 'bigint', (column) => column.notNull())
    .addColumn('returned_micros', 'bigint', (column) => column.notNull())
    .addColumn('settled', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint('settlement_pk', ['lease_id', 'id'])
    .execute();
}

import { Inject, Injectable } from '@nestjs/common';
import { UsageUnitSchema } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { INSIGHTS_SCHEMA, TIME_ZONE, type InsightsTables } from '../insights.tables.js';
import { bucketOfOutcome } from './latency-bucket.js';
import type { LedgerRecord } from './record-screening.js';

const UNITS = UsageUnitSchema.options;
const table = (name: string): RawBuilder<unknown> => sql.id(INSIGHTS_SCHEMA, name);
const eachUnit = (write: (unit: RawBuilder<unknown>) => RawBuilder<unknown>): RawBuilder<unknown> => sql.join(UNITS.map((unit) => write(sql.id(unit))));

const columnsBesidesUnits = sql`id, tenant_id, request_id, call_id, domain, operation, provider, model, outcome, started_at, latency_ms, cost_micros, simulated, fallback_from, attempt`;
const hourKey = sql`tenant_id, hour, domain, operation, provider, model, outcome, simulated, latency_bucket`;
const hourSums = sql`records, single, fallbacks, latency_ms, cost_micros`;

/** A call with one attempt that succeeded: it needs no look at other attempts to be counted. */
export const IS_SINGLE = sql`attempt = 1 and outcome in ('ok', 'cache_hit')`;

/** The append-only ledger, with what is summed up of it in the same statement. */
@Injectable()
export class LedgerRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<InsightsTables>) {}

  /** Stores what is not stored yet, and returns how many that were. All or nothing. */
  async store(records: readonly LedgerRecord[]): Promise<number> {
    if (records.length === 0) return 0;
    const { rows } = await sql<{ stored: number }>`
      with incoming as (select * from json_to_recordset(${JSON.stringify(records.map(toRow))}::json) as record(
        id uuid, tenant_id uuid, request_id text, call_id uuid, domain text, operation text, provider text, model text, outcome text, started_at timestamptz,
        latency_ms double precision, cost_micros bigint, simulated boolean, fallback_from text, attempt integer, ${eachUnit((unit) => sql`${unit} bigint`)})),
      stored as (
        insert into ${table('usage_record')} (${columnsBesidesUnits}, ${eachUnit((unit) => unit)})
        select ${columnsBesidesUnits}, ${eachUnit((unit) => unit)} from incoming order by id on conflict (id) do nothing returning *),
      hourly as (${addToHours()}),
      daily as (${addToDays()})
      select count(*) as stored from stored`.execute(this.db);
    return Number(rows[0]?.stored ?? 0);
  }

  /** Removes what is older, some thousand rows at a time; false when nothing was left to remove. */
  async removeBefore(cutoff: Date, rows: number): Promise<boolean> {
    const old = sql`select ctid from ${table('usage_record')} where started_at < ${cutoff} limit ${rows}`;
    const removed = await sql`delete from ${table('usage_record')} where ctid = any(array(${old}))`.execute(this.db);
    if ((removed.numAffectedRows ?? 0n) > 0n) return true;
    await sql`delete from ${table('usage_hour')} where hour < ${cutoff}`.execute(this.db);
    await sql`delete from ${table('spend_day')} where day < (${cutoff}::timestamptz at time zone ${TIME_ZONE})::date`.execute(this.db);
    return false;
  }
}

/** Rows are taken in the order of their key, so that two replicas that store at once don't lock each other out. */
function addToHours(): RawBuilder<unknown> {
  return sql`
    insert into ${table('usage_hour')} (${hourKey}, ${hourSums}, ${eachUnit((unit) => unit)})
    select tenant_id, date_trunc('hour', started_at, 'UTC') as hour, domain, operation, provider, coalesce(model, '') as model, outcome, simulated,
      ${bucketOfOutcome(sql`outcome`, sql`latency_ms`)} as latency_bucket, count(*), count(*) filter (where ${IS_SINGLE}),
      count(*) filter (where outcome = 'ok' and fallback_from is not null), sum(latency_ms), sum(cost_micros), ${eachUnit((unit) => sql`coalesce(sum(${unit}), 0)`)}
    from stored group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (${hourKey}) do update set
      records = usage_hour.records + excluded.records, single = usage_hour.single + excluded.single, fallbacks = usage_hour.fallbacks + excluded.fallbacks,
      latency_ms = usage_hour.latency_ms + excluded.latency_ms, cost_micros = usage_hour.cost_micros + excluded.cost_micros,
      ${eachUnit((unit) => sql`${unit} = usage_hour.${unit} + excluded.${unit}`)}`;
}

/** What budgets are held against: money, so nothing of the sandbox. */
function addToDays(): RawBuilder<unknown> {
  return sql`
    insert into ${table('spend_day')} (tenant_id, provider, day, cost_micros)
    select tenant_id, provider, (started_at at time zone ${sql.lit(TIME_ZONE)})::date, sum(cost_micros)
    from stored where not simulated group by 1, 2, 3 order by 1, 2, 3
    on conflict (tenant_id, provider, day) do update set cost_micros = spend_day.cost_micros + excluded.cost_micros`;
}

const toRow = ({ usage, ...record }: LedgerRecord): object => ({ ...record, ...usage });

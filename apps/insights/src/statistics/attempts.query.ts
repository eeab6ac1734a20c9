import { UsageUnitSchema, type StatsGroup, type UsageStatsQuery } from '@tecnocursos/contracts';
import { sql, type RawBuilder } from 'kysely';
import { INSIGHTS_SCHEMA, TIME_ZONE } from '../insights.tables.js';
import { bucketOfOutcome } from '../ledger/latency-bucket.js';
import { IS_SINGLE } from '../ledger/ledger.repository.js';
import type { Bucket, StatsWindow } from './stats-window.js';

export type Filter = Pick<UsageStatsQuery, 'domain' | 'provider' | 'model' | 'operation'>;

export const UNITS = UsageUnitSchema.options;
const records = sql.id(INSIGHTS_SCHEMA, 'usage_record');
const hours = sql.id(INSIGHTS_SCHEMA, 'usage_hour');

const DIMENSIONS: Record<Exclude<StatsGroup, 'time'>, RawBuilder<unknown>> = {
  provider: sql`provider`, model: sql`coalesce(model, '')`, operation: sql`operation`, domain: sql`domain`, outcome: sql`outcome`, simulated: sql`simulated`,
};

/** A group's expression over `started_at` and the columns that attempts and their sums share. */
export function dimension(group: StatsGroup, bucket: Bucket): RawBuilder<unknown> {
  return group === 'time' ? sql`date_trunc(${sql.lit(bucket)}, started_at, ${sql.lit(TIME_ZONE)})` : DIMENSIONS[group];
}

function matches(tenantId: string, filter: Filter): RawBuilder<unknown> {
  const conditions = (['domain', 'provider', 'model', 'operation'] as const).flatMap((field) => {
    const value = filter[field];
    return value === undefined ? [] : [sql`${sql.id(field)} = ${value}`];
  });
  return sql.join([sql`tenant_id = ${tenantId}`, ...conditions], sql` and `);
}

const eachUnit = (write: (unit: RawBuilder<unknown>) => RawBuilder<unknown>): RawBuilder<unknown> => sql.join(UNITS.map((unit) => write(sql.id(unit))));

/** The tenant's attempts: the sums of whole hours, and single ones where the window cuts an hour, in the same shape. */
export function attempts(tenantId: string, filter: Filter, { from, to, hoursFrom, hoursTo }: StatsWindow): RawBuilder<unknown> {
  const matching = matches(tenantId, filter);
  const shared = sql`domain, operation, provider, model, outcome, simulated`;
  return sql`
    select hour as started_at, ${shared}, latency_bucket, records, single, fallbacks, latency_ms, cost_micros, ${eachUnit((unit) => unit)}
    from ${hours} where ${matching} and hour >= ${hoursFrom} and hour < ${hoursTo}
    union all
    select started_at, ${shared}, ${bucketOfOutcome(sql`outcome`, sql`latency_ms`)}, 1, case when ${IS_SINGLE} then 1 else 0 end,
      case when outcome = 'ok' and fallback_from is not null then 1 else 0 end, latency_ms, cost_micros, ${eachUnit((unit) => unit)}
    from ${records} where ${matching} and ((started_at >= ${from} and started_at < ${hoursFrom}) or (started_at >= ${hoursTo} and started_at < ${to}))`;
}

/** Attempts of calls that may have taken more than one: read from the ledger, by a partial index. */
export function chainedAttempts(tenantId: string, filter: Filter, { from, to }: StatsWindow): RawBuilder<unknown> {
  return sql`
    select started_at, call_id, domain, operation, provider, model, outcome, simulated from ${records}
    where ${matches(tenantId, filter)} and started_at >= ${from} and started_at < ${to} and (attempt > 1 or outcome not in ('ok', 'cache_hit'))`;
}

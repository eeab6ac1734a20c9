import { Inject, Injectable } from '@nestjs/common';
import type { StatsGroup } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { InsightsTables } from '../insights.tables.js';
import { attempts, chainedAttempts, dimension, UNITS, type Filter } from './attempts.query.js';
import { MAX_GROUPS, type Bucket, type StatsWindow } from './stats-window.js';

export interface StatsQuestion {
  filter: Filter;
  window: StatsWindow;
  groups: readonly StatsGroup[];
  bucket: Bucket;
}

/** A group's values, in the order of the groups that were asked for. */
export type GroupValue = string | boolean | Date;

/** Amounts as the database gives them: sums of integers come as texts. `is_total` is 1 for the row over everything. */
export interface SumRow extends Record<string, unknown> {
  is_total: number;
  records: string;
  cache_hits: string;
  successes: string;
  single: string;
  fallbacks: string;
  success_ms: number;
  cost_micros: string;
  simulated_micros: string;
}
export interface LatencyRow extends Record<string, unknown> {
  is_total: number;
  p50: number;
  p99: number;
}
export interface ChainRow extends Record<string, unknown> {
  is_total: number;
  calls: string;
}

export interface StatsRows {
  sums: SumRow[];
  latencies: LatencyRow[];
  chains: ChainRow[];
}

/** PostgreSQL's default of 4 MB puts the sorting of a day with a million attempts on disk, which doubles its time. */
const WORK_MEMORY = '64MB';

/** The tenant's ledger, summed up. */
@Injectable()
export class StatsRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<InsightsTables>) {}

  /** Reads one state of the ledger. `sums` has up to one group more than MAX_GROUPS, which tells that there are too many. */
  async summarize(tenantId: string, question: StatsQuestion): Promise<StatsRows> {
    const from = attempts(tenantId, question.filter, question.window);
    return this.db.transaction().setIsolationLevel('repeatable read').execute(async (transaction) => {
      await sql`select set_config('work_mem', ${WORK_MEMORY}, true)`.execute(transaction);
      return {
        sums: await this.sums(transaction, from, question),
        latencies: await this.latencies(transaction, from, question),
        chains: await this.chains(transaction, chainedAttempts(tenantId, question.filter, question.window), question),
      };
    });
  }

  private async sums(transaction: Transaction<InsightsTables>, from: RawBuilder<unknown>, question: StatsQuestion): Promise<SumRow[]> {
    const { rows } = await sql<SumRow>`
      select ${keyColumns(question)}, sum(records) as records, coalesce(sum(records) filter (where outcome = 'cache_hit'), 0) as cache_hits,
        coalesce(sum(records) filter (where outcome = 'ok'), 0) as successes, sum(single) as single, sum(fallbacks) as fallbacks,
        coalesce(sum(latency_ms) filter (where outcome = 'ok'), 0) as success_ms,
        coalesce(sum(cost_micros) filter (where not simulated), 0) as cost_micros, coalesce(sum(cost_micros) filter (where simulated), 0) as simulated_micros,
        ${sql.join(UNITS.map((unit) => sql`coalesce(sum(${sql.id(unit)}), 0) as ${sql.id(unit)}`))}
      from (select *, ${groupColumns(question)} from (${from}) as attempt) as attempt
      group by ${groupingSets(question)} order by ${order(question)} limit ${MAX_GROUPS + 2}`.execute(transaction);
    return rows;
  }

  /** Between the ranks next to each other, as percentile_cont does; a rank's value is the mean of its bucket. */
  private async latencies(transaction: Transaction<InsightsTables>, from: RawBuilder<unknown>, question: StatsQuestion): Promise<LatencyRow[]> {
    const partition = sql.join([sql`is_total`, ...names(question)]);
    const { rows } = await sql<LatencyRow>`
      with bucket as (
        select ${keyColumns(question)}, latency_bucket, sum(records) as records, sum(latency_ms) / sum(records) as latency_ms
        from (select *, ${groupColumns(question)} from (${from}) as attempt) as attempt where outcome = 'ok' group by latency_bucket, ${groupingSets(question)}),
      ranked as (
        select *, sum(records) over (partition by ${partition} order by latency_bucket) as up_to, sum(records) over (partition by ${partition}) as total from bucket)
      select ${partition}, ${percentile(0.5)} as p50, ${percentile(0.99)} as p99 from ranked group by ${partition}, total`.execute(transaction);
    return rows;
  }

  private async chains(transaction: Transaction<InsightsTables>, from: RawBuilder<unknown>, question: StatsQuestion): Promise<ChainRow[]> {
    const { rows } = await sql<ChainRow>`
      select is_total${sql.join([sql``, ...names(question)])}, count(*) as calls from (
        select ${keyColumns(question)}, call_id
        from (select *, ${groupColumns(question)} from (${from}) as attempt) as attempt group by call_id, ${groupingSets(question)}) as call
      group by ${sql.join([sql`is_total`, ...names(question)])}`.execute(transaction);
    return rows;
  }
}

const names = ({ groups }: StatsQuestion): RawBuilder<unknown>[] => groups.map((_, index) => sql.id(`key${index}`));

/** `key0, key1, …`, the groups' values; a constant when there is none, so that the SQL around stays the same. */
const groupColumns = ({ groups, bucket }: StatsQuestion): RawBuilder<unknown> =>
  sql.join([sql`true as every`, ...groups.map((group, index) => sql`${dimension(group, bucket)} as ${sql.id(`key${index}`)}`)]);

/** Everything, and each group. */
const groupingSets = (question: StatsQuestion): RawBuilder<unknown> => sql`grouping sets ((), (${sql.join([sql`every`, ...names(question)])}))`;

const keyColumns = (question: StatsQuestion): RawBuilder<unknown> => sql.join([sql`grouping(every) as is_total`, ...names(question)]);

function order(question: StatsQuestion): RawBuilder<unknown> {
  const time = question.groups.indexOf('time');
  const byTime = time < 0 ? [] : [sql.id(`key${time}`)];
  return sql.join([sql`is_total desc`, ...byTime, sql`sum(records) desc`, ...names(question)]);
}

function percentile(fraction: number): RawBuilder<number> {
  const position = sql`(${sql.lit(fraction)} * (total - 1))`;
  const valueAt = (rank: RawBuilder<unknown>): RawBuilder<unknown> => sql`min(latency_ms) filter (where up_to > ${rank})`;
  const [below, above] = [valueAt(sql`floor(${position})`), valueAt(sql`ceil(${position})`)];
  return sql<number>`(${below} + (${position} - floor(${position}))::double precision * (${above} - ${below}))`;
}

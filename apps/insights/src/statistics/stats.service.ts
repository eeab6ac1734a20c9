import { Inject, Injectable } from '@nestjs/common';
import type { getUsageStats, ReplyInput, StatsGroup, Usage, UsageStats, UsageStatsQuery } from '@tecnocursos/contracts';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { CLOCK, type Clock } from '../clock.js';
import { InsightsConfigSchema, type InsightsConfig } from '../insights.config.js';
import { shownCost } from '../shown-cost.js';
import { UNITS } from './attempts.query.js';
import { invalid, MAX_GROUPS, minutesOf, minutesOfBucket, windowOf } from './stats-window.js';
import { StatsRepository, type GroupValue, type StatsQuestion, type StatsRows, type SumRow } from './stats.repository.js';

@Injectable()
export class StatsService {
  private readonly config: InsightsConfig;

  constructor(
    private readonly repository: StatsRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.config = readConfig(InsightsConfigSchema, environment);
  }

  /** @throws AppError `invalid_request` that names the field: a time that is none, a group twice, or more groups than an answer can hold. */
  async summarize(tenantId: string, query: UsageStatsQuery): Promise<ReplyInput<typeof getUsageStats>> {
    const { group_by: groups, bucket, ...filter } = query;
    if (new Set(groups).size < groups.length) throw invalid('group_by', 'Name each group once.');
    const window = windowOf(query, this.now(), this.config.INSIGHTS_RETENTION_DAYS);
    const question: StatsQuestion = { filter, window, groups, bucket };
    const rows = await this.repository.summarize(tenantId, question);
    const [total, ...grouped] = new StatsReader(question, rows, this.config.USD_BRL_RATE).stats();
    if (!total) throw new Error('The ledger gave no sum over everything');
    if (grouped.length > MAX_GROUPS) throw invalid('group_by', `There are more than ${MAX_GROUPS} groups: choose fewer, filter, or ask for a shorter time.`);
    const { key: _none, ...sum } = total;
    return { from: window.from.toISOString(), to: window.to.toISOString(), total: sum, groups: groups.length === 0 ? [] : grouped };
  }
}

/** Puts the three answers of the database together by their groups. */
class StatsReader {
  private readonly latencies: Map<string, StatsRows['latencies'][number]>;
  private readonly chains: Map<string, StatsRows['chains'][number]>;

  constructor(private readonly question: StatsQuestion, private readonly rows: StatsRows, private readonly reaisForDollar: number) {
    this.latencies = new Map(rows.latencies.map((row) => [this.identify(row), row]));
    this.chains = new Map(rows.chains.map((row) => [this.identify(row), row]));
  }

  /** The total first. */
  stats(): (UsageStats & { key: Partial<Record<StatsGroup, string>> })[] {
    return this.rows.sums.map((row) => this.read(row));
  }

  private read(row: SumRow): UsageStats & { key: Partial<Record<StatsGroup, string>> } {
    const requests = Number(row.single ?? 0) + Number(this.chains.get(this.identify(row))?.calls ?? 0);
    const successes = Number(row.successes);
    const attempts = Number(row.records ?? 0) - Number(row.cache_hits);
    const latency = this.latencies.get(this.identify(row));
    return {
      key: row.is_total === 1 ? {} : this.keyOf(row),
      requests, attempts,
      cache_hits: Number(row.cache_hits),
      requests_per_minute: requests / this.minutes(row),
      success_rate: attempts === 0 ? null : successes / attempts,
      fallback_share: requests === 0 ? null : Number(row.fallbacks) / requests,
      latency_ms: latency && successes > 0 ? { average: row.success_ms / successes, p50: latency.p50, p99: latency.p99 } : null,
      usage: usageOf(row),
      cost: shownCost(amountOf(row.cost_micros), this.reaisForDollar),
      simulated_cost: shownCost(amountOf(row.simulated_micros), this.reaisForDollar),
    };
  }

  private values(row: Record<string, unknown>): (GroupValue | null)[] {
    return this.question.groups.map((_, index) => row[`key${index}`] as GroupValue | null);
  }

  private identify(row: { is_total: number } & Record<string, unknown>): string {
    return JSON.stringify([row.is_total, ...this.values(row)]);
  }

  private keyOf(row: SumRow): Partial<Record<StatsGroup, string>> {
    const values = this.values(row);
    const entries = this.question.groups.map((group, index) => [group, group === 'time' ? timeOf(values[index]).toISOString() : String(values[index])] as const);
    return Object.fromEntries(entries.filter(([group, value]) => group !== 'model' || value !== ''));
  }

  private minutes(row: SumRow): number {
    const { groups, bucket, window } = this.question;
    const index = row.is_total === 1 ? -1 : groups.indexOf('time');
    return index < 0 ? minutesOf(window) : minutesOfBucket(timeOf(this.values(row)[index]), bucket, window);
  }
}

const timeOf = (value: GroupValue | null | undefined): Date => new Date(value as Date);

/** An absurd amount of one record must not make the whole answer impossible. */
const amountOf = (sum: unknown): number => Math.min(Number(sum ?? 0), Number.MAX_SAFE_INTEGER);

function usageOf(row: SumRow): Usage {
  const used = UNITS.map((unit) => [unit, amountOf(row[unit])] as const);
  return Object.fromEntries(used.filter(([, amount]) => amount > 0));
}

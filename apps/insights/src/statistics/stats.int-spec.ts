import { beforeAll, describe, expect, it } from 'vitest';
import { AppError, newId, UsageStatsQuerySchema, UsageStatsSchema, type StatsGroup } from '@tecnocursos/contracts';
import { sql, type Kysely } from 'kysely';
import { INSIGHTS_SCHEMA, type InsightsTables } from '../insights.tables.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { LedgerRecord } from '../ledger/record-screening.js';
import { onEachDatabase } from '../testing/databases.fixture.js';
import { recordOf } from '../testing/records.fixture.js';
import { StatsRepository } from './stats.repository.js';
import { StatsService } from './stats.service.js';

const NOW = new Date('2026-11-25T12:34:56.000Z');
const HOUR_MS = 3_600_000;

/** Small, quick and the same in every run (a linear congruential generator, constants of Numerical Recipes). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Calls over 30 hours: most answered at once, some by a retry, some by another provider, some not at all. */
function manyRecords(tenantId: string, calls: number): LedgerRecord[] {
  const random = randomNumbers(7);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  return Array.from({ length: calls }).flatMap(() => {
    const call = { call_id: newId(), operation: oneOf(['translate', 'generate-script']), simulated: random() < 0.1 };
    const startedAt = NOW.getTime() - random() * 30 * HOUR_MS;
    const attemptOf = (attempt: number, values: Partial<LedgerRecord>): LedgerRecord => recordOf(tenantId, {
      ...call, attempt, started_at: new Date(startedAt + attempt).toISOString(), latency_ms: 20 * Math.exp(5 * random()), cost_micros: Math.floor(random() * 5_000), ...values,
    });
    const fate = random();
    if (fate < 0.1) return [attemptOf(1, { outcome: 'cache_hit', cost_micros: 0, usage: {} })];
    if (fate < 0.8) return [attemptOf(1, {})];
    const failed = attemptOf(1, { outcome: oneOf(['timeout', 'unavailable', 'rate_limited']), usage: {} });
    if (fate < 0.85) return [failed];
    if (fate < 0.9) return [failed, attemptOf(2, {})];
    return [failed, attemptOf(2, { outcome: 'timeout', usage: {} }), attemptOf(3, { provider: 'anthropic', model: null, fallback_from: 'openai', usage: { output_tokens: 7 } })];
  });
}

const keyOf: Record<StatsGroup, (record: LedgerRecord) => string> = {
  provider: (record) => record.provider, model: (record) => record.model ?? '', operation: (record) => record.operation, domain: (record) => record.domain,
  outcome: (record) => record.outcome, simulated: (record) => String(record.simulated), time: (record) => `${record.started_at.slice(0, 13)}:00:00.000Z`,
};

const costOf = (records: readonly LedgerRecord[]): number => records.reduce((sum, { cost_micros }) => sum + cost_micros, 0);

/** What the answer must be, by looking at every record. */
function expected(records: readonly LedgerRecord[]) {
  const attempts = records.filter(({ outcome }) => outcome !== 'cache_hit');
  const successes = attempts.filter(({ outcome }) => outcome === 'ok');
  const requests = new Set(records.map(({ call_id }) => call_id)).size;
  return {
    requests, attempts: attempts.length, cache_hits: records.length - attempts.length,
    success_rate: attempts.length === 0 ? null : successes.length / attempts.length,
    fallback_share: successes.filter(({ fallback_from }) => fallback_from !== null).length / requests,
    cost: costOf(records.filter(({ simulated }) => !simulated)), simulated_cost: costOf(records.filter(({ simulated }) => simulated)),
    output_tokens: records.reduce((sum, { usage }) => sum + (usage.output_tokens ?? 0), 0),
  };
}

const shape = (stats: ReturnType<typeof UsageStatsSchema.parse>) => ({
  requests: stats.requests, attempts: stats.attempts, cache_hits: stats.cache_hits, success_rate: stats.success_rate, fallback_share: stats.fallback_share,
  cost: stats.cost.amount_micros, simulated_cost: stats.simulated_cost.amount_micros, output_tokens: stats.usage.output_tokens ?? 0,
});

describe('statistics', () => {
  onEachDatabase((db) => {
    const tenant = newId();
    const records = manyRecords(tenant, 1_500);
    const lastDay = records.filter(({ started_at }) => Date.parse(started_at) >= NOW.getTime() - 24 * HOUR_MS && Date.parse(started_at) < NOW.getTime());
    const service = (clock = NOW): StatsService => new StatsService(new StatsRepository(db()), () => clock, { USD_BRL_RATE: '5.5' });
    const ask = (query: object, tenantId = tenant) => service().summarize(tenantId, UsageStatsQuerySchema.parse(query));

    beforeAll(async () => {
      const ledger = new LedgerRepository(db());
      for (let start = 0; start < records.length; start += 500) await ledger.store(records.slice(start, start + 500));
    }, 60_000);

    it('stores a record once, and sums it up once', async () => {
      const ledger = new LedgerRepository(db());
      const other = newId();
      const [one, two] = [recordOf(other), recordOf(other)];
      expect(await ledger.store([one, one, two])).toBe(2);
      const again = await Promise.all([ledger.store([two, one]), ledger.store([one]), ledger.store([one, two])]);
      expect(again).toEqual([0, 0, 0]);
      expect((await ask({}, other)).total).toMatchObject({ requests: 2, cost: { amount_micros: 2_000, currency: 'USD', brl_micros: 11_000 } });
    });

    it('refuses to change what is in the ledger', async () => {
      await expect(db().updateTable('usage_record').set({ cost_micros: 0 }).where('tenant_id', '=', tenant).execute()).rejects.toThrow('append-only');
    });

    it('are those of every record of the last 24 hours', async () => {
      const { total, groups, from, to } = await ask({ group_by: [] });
      expect([from, to, groups]).toEqual(['2026-11-24T12:34:56.000Z', NOW.toISOString(), []]);
      expect(shape(UsageStatsSchema.parse(total))).toEqual(expected(lastDay));
      expect(total.requests_per_minute).toBeCloseTo(expected(lastDay).requests / 1440, 9);
    });

    it.each([
      [['provider']], [['provider', 'model', 'operation']], [['outcome']], [['simulated', 'operation']], [['time']], [['time', 'provider', 'outcome']], [['domain']],
    ] as [StatsGroup[]][])('are right for each group of %j', async (groupBy) => {
      const { groups } = await ask({ group_by: groupBy });
      const wanted = Map.groupBy(lastDay, (record) => groupBy.map((group) => keyOf[group](record)).join(' '));
      const given = new Map(groups.map((stats) => [groupBy.map((group) => stats.key[group] ?? '').join(' '), stats]));
      expect([...given.keys()].sort()).toEqual([...wanted.keys()].sort());
      for (const [key, group] of wanted) expect([key, shape(UsageStatsSchema.parse(given.get(key)))]).toEqual([key, expected(group)]);
      const order = groupBy[0] === 'time' ? groups.map(({ key }) => key.time ?? '') : [];
      expect(order).toEqual([...order].sort());
    });

    it('are read the same from the ledger and from the hourly sums', async () => {
      const from = '2026-11-25T07:00:00.000Z';
      const byMinute = await ask({ from, group_by: ['time'], bucket: 'minute' });
      const byHour = await ask({ from, group_by: ['time'], bucket: 'hour' });
      expect({ ...byMinute.total, latency_ms: null }).toEqual({ ...byHour.total, latency_ms: null });
      expect(byMinute.total.latency_ms?.p50).toBeCloseTo(byHour.total.latency_ms?.p50 ?? 0, 6);
      expect(byMinute.groups.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(byHour.total.attempts);
    });

    it('have percentiles within 1 % of those of every value', async () => {
      const { total, groups } = await ask({});
      for (const [stats, provider] of [[total, null], ...groups.map((group) => [group, group.key.provider ?? null])] as [typeof total, string | null][]) {
        const [p50 = 0, p99 = 0, average = 0] = await percentiles(db(), tenant, provider);
        expect(Math.abs((stats.latency_ms?.p50 ?? 0) / p50 - 1)).toBeLessThan(0.01);
        expect(Math.abs((stats.latency_ms?.p99 ?? 0) / p99 - 1)).toBeLessThan(0.01);
        expect(stats.latency_ms?.average).toBeCloseTo(average, 6);
      }
    });

    it('have exact percentiles of few values, between two of them where the rank lies there', async () => {
      const few = newId();
      await new LedgerRepository(db()).store([100, 200, 300, 1_000].map((latency_ms) => recordOf(few, { latency_ms })));
      const { total } = await ask({}, few);
      expect(total.latency_ms).toEqual({ average: 400, p50: 250, p99: expect.closeTo(979, 6) });
    });

    it('take days as those of America/Sao_Paulo', async () => {
      const { groups } = await ask({ group_by: ['time'], bucket: 'day' });
      expect(groups.map(({ key }) => key.time)).toEqual(['2026-11-24T03:00:00.000Z', '2026-11-25T03:00:00.000Z']);
    });

    it('can be narrowed to a provider, a model, an operation and a domain', async () => {
      const only = lastDay.filter(({ provider, operation }) => provider === 'anthropic' && operation === 'translate');
      expect(shape(UsageStatsSchema.parse((await ask({ provider: 'anthropic', operation: 'translate', domain: 'ai' })).total))).toEqual(expected(only));
      expect((await ask({ model: "'; drop table usage_record; --" })).total.attempts).toBe(0);
      expect((await ask({ domain: 'tts' })).groups).toEqual([]);
    });

    it('tell a tenant nothing of another, and zero of nothing', async () => {
      const { total, groups } = await ask({}, newId());
      expect(groups).toEqual([]);
      expect(total).toMatchObject({ requests: 0, attempts: 0, success_rate: null, fallback_share: null, latency_ms: null, usage: {}, requests_per_minute: 0 });
    });

    it('refuse a group named twice, and more groups than an answer holds', async () => {
      const crowd = newId();
      const ledger = new LedgerRepository(db());
      for (let batch = 0; batch < 3; batch += 1) await ledger.store(Array.from({ length: 400 }, (_, index) => recordOf(crowd, { provider: `p${batch}-${index}` })));
      const fieldOf = (error: unknown): string | undefined => (error instanceof AppError ? error.issues[0]?.field : undefined);
      expect(fieldOf(await ask({ group_by: ['provider', 'provider'] }).catch((error: unknown) => error))).toBe('group_by');
      expect(fieldOf(await ask({ group_by: ['provider'] }, crowd).catch((error: unknown) => error))).toBe('group_by');
    });
  });
});

async function percentiles(db: Kysely<InsightsTables>, tenantId: string, provider: string | null): Promise<number[]> {
  const { rows } = await sql<{ p50: number; p99: number; average: number }>`
    select percentile_cont(0.5) within group (order by latency_ms) as p50, percentile_cont(0.99) within group (order by latency_ms) as p99, avg(latency_ms) as average
    from ${sql.id(INSIGHTS_SCHEMA, 'usage_record')}
    where tenant_id = ${tenantId} and outcome = 'ok' and started_at >= ${new Date(NOW.getTime() - 24 * HOUR_MS)} and started_at < ${NOW}
      and (${provider}::text is null or provider = ${provider})`.execute(db);
  return [rows[0]?.p50 ?? 0, rows[0]?.p99 ?? 0, rows[0]?.average ?? 0];
}

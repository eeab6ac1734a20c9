import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import { createLogger } from '@tecnocursos/nest-kit';
import { sql } from 'kysely';
import { BudgetRepository } from '../budgets/budget.repository.js';
import { BudgetService } from '../budgets/budget.service.js';
import { LeaseRepository } from '../budgets/lease.repository.js';
import { Housekeeping } from '../housekeeping.service.js';
import { INSIGHTS_SCHEMA } from '../insights.tables.js';
import { onEachDatabase } from '../testing/databases.fixture.js';
import { recordOf } from '../testing/records.fixture.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';

const DAY_MS = 86_400_000;
const ENVIRONMENT = { INSIGHTS_RETENTION_DAYS: '30' };

describe('the ledger', () => {
  onEachDatabase((db) => {
    const log: string[] = [];
    const logger = createLogger({ LOG_LEVEL: 'warn', LOG_FORMAT: 'json', NODE_ENV: 'test' }, { write: (line) => void log.push(line) });
    let now: number;
    let tenant: string;
    const clock = (): Date => new Date(now);
    const ledger = (): LedgerService => new LedgerService(new LedgerRepository(db()), clock, logger, ENVIRONMENT);
    const at = (time: number): { started_at: string } => ({ started_at: new Date(time).toISOString() });
    const count = async (table: string): Promise<number> => {
      const { rows } = await sql<{ rows: number }>`select count(*)::integer as rows from ${sql.id(INSIGHTS_SCHEMA, table)} where tenant_id = ${tenant}`.execute(db());
      return rows[0]?.rows ?? -1;
    };

    beforeEach(() => {
      now = Date.parse('2026-11-25T15:00:00Z');
      tenant = newId();
      log.length = 0;
    });

    it('leaves out what the database cannot hold, and stores the rest of the message', async () => {
      const unfit = recordOf(tenant, { attempt: 3_000_000_000 });
      expect(await ledger().record([recordOf(tenant), unfit, recordOf(tenant), { id: 'none' }])).toBe(2);
      expect(log.join('')).toContain(unfit.id);
      expect(log.join('')).toContain('records.3.id: not valid');
      expect(await count('usage_record')).toBe(2);
    });

    it('keeps every column of a record', async () => {
      const record = recordOf(tenant, {
        request_id: 'req-é', domain: 'tts', operation: 'speak', provider: 'elevenlabs', model: null, outcome: 'in_doubt', latency_ms: 12.75, cost_micros: Number.MAX_SAFE_INTEGER,
        usage: { characters: 1_200, milliseconds: 5 }, simulated: true, fallback_from: 'polly', attempt: 4,
      });
      await ledger().record([record]);
      const row = await db().selectFrom('usage_record').selectAll().where('id', '=', record.id).executeTakeFirstOrThrow();
      const { usage, started_at, ...rest } = record;
      expect(row).toMatchObject({ ...rest, ...usage, input_tokens: null });
      expect(row.started_at.toISOString()).toBe(started_at);
    });

    it('adds to the day of America/Sao_Paulo that the attempt was made in', async () => {
      now = Date.parse('2026-12-01T02:30:00Z');
      await ledger().record([recordOf(tenant, at(now)), recordOf(tenant, at(now - DAY_MS))]);
      const spending = async () => (await new BudgetService(new BudgetRepository(db()), new LeaseRepository(db()), clock, {}).ofTenant(tenant)).map(({ spent_micros }) => spent_micros);
      expect(await spending()).toEqual([1_000, 2_000]);
      now += 3_600_000;
      expect(await spending()).toEqual([0, 0]);
    });

    it('forgets what is older than the retention, with its sums, and nothing else', async () => {
      await ledger().record([recordOf(tenant, at(now - 29 * DAY_MS)), recordOf(tenant, at(now)), ...Array.from({ length: 3 }, () => recordOf(tenant, at(now - DAY_MS)))]);
      now += 15 * DAY_MS;
      const housekeeping = (): Housekeeping => new Housekeeping(new LedgerRepository(db()), new LeaseRepository(db()), new BudgetRepository(db()), clock, logger, ENVIRONMENT);
      await housekeeping().run();
      expect([await count('usage_record'), await count('usage_hour'), await count('spend_day')]).toEqual([4, 2, 2]);
      now += 30 * DAY_MS;
      await housekeeping().run();
      expect([await count('usage_record'), await count('usage_hour'), await count('spend_day')]).toEqual([0, 0, 0]);
    });
  });
});

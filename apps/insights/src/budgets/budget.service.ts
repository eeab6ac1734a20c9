import { Inject, Injectable } from '@nestjs/common';
import {
  AppError, BudgetPeriodSchema, TenantIdSchema, type Budget, type BudgetKey, type BudgetPeriod, type leaseBudget, type ReplyInput, type RequestOf, type settleBudget,
} from '@tecnocursos/contracts';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { CLOCK, type Clock } from '../clock.js';
import { InsightsConfigSchema, type InsightsConfig } from '../insights.config.js';
import { periodAt, type PeriodSpan } from './budget-period.js';
import { BudgetRepository, type AccountView } from './budget.repository.js';
import { LeaseRepository } from './lease.repository.js';

const MICROS = 1_000_000;
const PERIODS = BudgetPeriodSchema.options;

@Injectable()
export class BudgetService {
  private readonly config: InsightsConfig;

  constructor(
    private readonly budgets: BudgetRepository,
    private readonly leases: LeaseRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.config = readConfig(InsightsConfigSchema, environment);
  }

  /** @throws AppError `invalid_request` when the subject of a tenant's budget is no tenant's id, `conflict` when the lease's id was used for another. */
  async lease(request: RequestOf<typeof leaseBudget>): Promise<ReplyInput<typeof leaseBudget>> {
    const key = checkedKey(request.key);
    const { needed_micros: needed } = request;
    const now = this.now();
    const span = periodAt(key.period, now);
    const limit = key.scope === 'tenant' ? await this.tenantLimit(key.subject, key.period) : (request.limit_micros ?? null);
    const reply = { recheck_s: this.recheckSeconds(span, now), resets_at: span.end.toISOString() };
    if (limit === null) {
      await this.budgets.unlimit(key, span);
      return { ...reply, limited: false, granted_micros: needed };
    }
    const demand = { key, span, needed, limit, leaseId: request.lease_id, holder: request.holder };
    return { ...reply, limited: true, granted_micros: await this.leases.lease(demand, now, this.expiry(now)) };
  }

  async settle(request: RequestOf<typeof settleBudget>): Promise<boolean> {
    const now = this.now();
    const settlement = { leaseId: request.lease_id, id: request.settlement_id, spent: request.spent_micros, returned: request.returned_micros };
    return this.leases.settle(settlement, now, this.expiry(now));
  }

  async ofTenant(tenantId: string): Promise<Budget[]> {
    return Promise.all(PERIODS.map((period) => this.tenantBudget(tenantId, period)));
  }

  async ofProviders(): Promise<Budget[]> {
    const budgets: Budget[] = [];
    for (const period of PERIODS) {
      const span = periodAt(period, this.now());
      for (const subject of await this.budgets.providers(span)) {
        const key: BudgetKey = { scope: 'provider', subject, period };
        budgets.push(view(key, span, await this.budgets.account(key, span)));
      }
    }
    return budgets;
  }

  /** What was leased before stays leased; replicas that were told of no limit ask again within `INSIGHTS_BUDGET_RECHECK_S`. */
  async setLimit(tenantId: string, period: BudgetPeriod, limit: number | null): Promise<Budget> {
    await this.budgets.setOwnLimit(tenantId, period, limit, this.now());
    return this.tenantBudget(tenantId, period);
  }

  private async tenantBudget(tenantId: string, period: BudgetPeriod): Promise<Budget> {
    const key: BudgetKey = { scope: 'tenant', subject: tenantId, period };
    const span = periodAt(period, this.now());
    const limit = await this.tenantLimit(tenantId, period);
    return view(key, span, { ...(await this.budgets.account(key, span)), limit });
  }

  private async tenantLimit(tenantId: string, period: BudgetPeriod): Promise<number | null> {
    const own = await this.budgets.ownLimit(tenantId, period);
    if (own !== null) return own;
    const { INSIGHTS_TENANT_DAILY_BUDGET_USD: daily, INSIGHTS_TENANT_MONTHLY_BUDGET_USD: monthly } = this.config;
    const dollars = period === 'day' ? daily : monthly;
    return dollars === undefined ? null : Math.round(dollars * MICROS);
  }

  private expiry(now: Date): Date {
    return new Date(now.getTime() + this.config.INSIGHTS_LEASE_EXPIRY_S * 1000);
  }

  private recheckSeconds(span: PeriodSpan, now: Date): number {
    const untilReset = Math.ceil((span.end.getTime() - now.getTime()) / 1000);
    return Math.max(1, Math.min(this.config.INSIGHTS_BUDGET_RECHECK_S, untilReset));
  }
}

function checkedKey(key: BudgetKey): BudgetKey {
  if (key.scope === 'provider') return key;
  const tenant = TenantIdSchema.safeParse(key.subject);
  if (tenant.success) return { ...key, subject: tenant.data.toLowerCase() };
  throw new AppError('invalid_request', 'key.subject: is not the id of a tenant.', { issues: [{ field: 'key.subject', message: 'Give the id of the tenant, a UUID.' }] });
}

const view = (key: BudgetKey, span: PeriodSpan, { limit, spent, reserved }: AccountView): Budget => ({
  ...key, limit_micros: limit, spent_micros: spent, reserved_micros: reserved, period_start: span.start.toISOString(), period_end: span.end.toISOString(),
});

import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Feature, type Plan, type ReplyInput, type getSubscription, type reserveUpload } from '@tecnocursos/contracts';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { BillingConfigSchema, type BillingConfig } from './billing.config.js';
import { BillingRepository } from './billing.repository.js';
import { PLANS } from './plans.js';

const DAY_MS = 86_400_000;

interface Entitlement {
  plan: Plan;
  state: 'trialing' | 'active' | 'expired';
  trialEndsAt: Date | null;
}

@Injectable()
export class BillingService {
  private readonly config: BillingConfig;

  constructor(
    private readonly repository: BillingRepository,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.config = readConfig(BillingConfigSchema, environment);
  }

  plans(feature: Feature | undefined): Plan[] {
    return Object.values(PLANS).filter((plan) => feature === undefined || plan.features.includes(feature));
  }

  async subscription(tenantId: string): Promise<ReplyInput<typeof getSubscription>['subscription']> {
    const { plan, state, trialEndsAt } = await this.entitlement(tenantId);
    const period = calendarMonth(new Date());
    return {
      plan,
      state,
      trial_ends_at: trialEndsAt?.toISOString() ?? null,
      period_start: period.start.toISOString(),
      period_end: period.end.toISOString(),
      uploads_used: await this.repository.uploadsSince(tenantId, period.start),
    };
  }

  /** @throws AppError `plan_limit_reached`, `plan_feature_missing`. */
  async reserveUpload(tenantId: string, courseId: string, features: readonly Feature[]): Promise<ReplyInput<typeof reserveUpload>> {
    const { plan, state } = await this.entitlement(tenantId);
    if (state === 'expired') throw new AppError('plan_limit_reached', 'The trial has ended. Choose a plan to go on making courses.');
    const missing = features.find((feature) => !plan.features.includes(feature));
    if (missing) throw new AppError('plan_feature_missing', `The plan ${plan.name} does not include ${missing}. Choose a plan that does.`);
    const { start } = calendarMonth(new Date());
    const used = await this.repository.reserve(tenantId, courseId, start, plan.uploads_per_month);
    if (used === null) {
      throw new AppError('plan_limit_reached', `The plan ${plan.name} has ${plan.uploads_per_month} uploads a month, and all are used. Choose a larger plan or wait for next month.`);
    }
    return { plan: plan.id, uploads_used: used, uploads_per_month: plan.uploads_per_month };
  }

  release(tenantId: string, courseId: string): Promise<boolean> {
    return this.repository.release(tenantId, courseId);
  }

  private async entitlement(tenantId: string): Promise<Entitlement> {
    const complimentary = this.config.BILLING_COMPLIMENTARY_PLAN;
    if (complimentary) return { plan: PLANS[complimentary], state: 'active', trialEndsAt: null };
    const trialEndsAt = new Date(Date.now() + this.config.BILLING_TRIAL_DAYS * DAY_MS);
    const stored = await this.repository.findOrCreate(tenantId, { plan: this.config.BILLING_TRIAL_PLAN, trialEndsAt });
    return { plan: PLANS[stored.plan], state: stateOf(stored.trialEndsAt), trialEndsAt: stored.trialEndsAt };
  }
}

function stateOf(trialEndsAt: Date | null): Entitlement['state'] {
  if (trialEndsAt === null) return 'active';
  return trialEndsAt.getTime() > Date.now() ? 'trialing' : 'expired';
}

/** The calendar month in UTC that uploads are counted in. */
function calendarMonth(now: Date): { start: Date; end: Date } {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) };
}

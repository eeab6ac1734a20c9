import { Controller } from '@nestjs/common';
import { getUsageStats, listBudgets, setBudget } from '@tecnocursos/contracts';
import { AuditTrail } from '../audit/audit-trail.service.js';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { aiUsageStatsOperation, listBudgetsOperation, setBudgetOperation, usageStatsOperation } from './insights.operations.js';

const MICROS = 1_000_000;

@Controller()
export class InsightsHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly audit: AuditTrail,
  ) {}

  @Operation(usageStatsOperation)
  usage({ query }: InputOf<typeof usageStatsOperation>): Promise<SuccessOf<typeof usageStatsOperation>> {
    return this.bus.call(getUsageStats, query);
  }

  @Operation(aiUsageStatsOperation)
  aiUsage({ query }: InputOf<typeof aiUsageStatsOperation>): Promise<SuccessOf<typeof aiUsageStatsOperation>> {
    return this.bus.call(getUsageStats, { ...query, domain: 'ai' });
  }

  @Operation(listBudgetsOperation)
  budgets(): Promise<SuccessOf<typeof listBudgetsOperation>> {
    return this.bus.call(listBudgets, {});
  }

  @Operation(setBudgetOperation)
  async setBudget({ params, body }: InputOf<typeof setBudgetOperation>, { request }: Exchange): Promise<SuccessOf<typeof setBudgetOperation>> {
    const limit = body.limit_usd === null ? null : Math.round(body.limit_usd * MICROS);
    const { budget } = await this.bus.call(setBudget, { period: params.period, limit_micros: limit });
    await this.audit.note(request, 'budget.set', `budget:${params.period}`, { limit_micros: limit });
    return budget;
  }
}

import { Controller } from '@nestjs/common';
import {
  getProviderBudgets, getUsageStats, leaseBudget, listBudgets, setBudget, settleBudget, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BudgetService } from './budgets/budget.service.js';
import { StatsService } from './statistics/stats.service.js';

@Controller()
export class InsightsRpcController {
  constructor(
    private readonly statistics: StatsService,
    private readonly budgets: BudgetService,
  ) {}

  @RpcHandler(getUsageStats)
  stats(request: RequestOf<typeof getUsageStats>, context: CallContext): Promise<ReplyInput<typeof getUsageStats>> {
    return this.statistics.summarize(context.tenantId, request);
  }

  @RpcHandler(leaseBudget)
  lease(request: RequestOf<typeof leaseBudget>): Promise<ReplyInput<typeof leaseBudget>> {
    return this.budgets.lease(request);
  }

  @RpcHandler(settleBudget)
  async settle(request: RequestOf<typeof settleBudget>): Promise<ReplyInput<typeof settleBudget>> {
    return { settled: await this.budgets.settle(request) };
  }

  @RpcHandler(listBudgets)
  async list(_request: RequestOf<typeof listBudgets>, context: CallContext): Promise<ReplyInput<typeof listBudgets>> {
    return { budgets: await this.budgets.ofTenant(context.tenantId) };
  }

  @RpcHandler(setBudget)
  async set(request: RequestOf<typeof setBudget>, context: CallContext): Promise<ReplyInput<typeof setBudget>> {
    return { budget: await this.budgets.setLimit(context.tenantId, request.period, request.limit_micros) };
  }

  @RpcHandler(getProviderBudgets)
  async providers(): Promise<ReplyInput<typeof getProviderBudgets>> {
    return { budgets: await this.budgets.ofProviders() };
  }
}

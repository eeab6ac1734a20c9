import { Controller, Module } from '@nestjs/common';
import { leaseBudget, settleBudget, type ReplyInput } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import type { ServiceDefinition } from '@tecnocursos/nest-kit';

@Controller()
class BudgetController {
  @RpcHandler(leaseBudget)
  async lease(): Promise<ReplyInput<typeof leaseBudget>> {
    return { limited: false, granted_micros: 1_000_000_000, recheck_s: 60, resets_at: '2100-01-01T00:00:00.000Z' };
  }

  @RpcHandler(settleBudget)
  async settle(): Promise<ReplyInput<typeof settleBudget>> {
    return { settled: true };
  }
}

@Module({ controllers: [BudgetController] })
class BudgetModule {}

/** Stands in for the service of budgets on the bus: there are no limits. */
export const budgetService: ServiceDefinition = { name: 'insights', module: BudgetModule };

import { Module } from '@nestjs/common';
import { RpcClient } from '@tecnocursos/messaging';
import { LOGGER, RetentionTask, SCHEMA, SUBJECT_DATA, subjectControllerOf } from '@tecnocursos/nest-kit';
import { BudgetRepository } from './budgets/budget.repository.js';
import { BudgetService } from './budgets/budget.service.js';
import { LeaseRepository } from './budgets/lease.repository.js';
import { CLOCK, systemClock } from './clock.js';
import { Housekeeping } from './housekeeping.service.js';
import { InsightsRpcController } from './insights.rpc-controller.js';
import { LedgerRepository } from './ledger/ledger.repository.js';
import { LedgerService } from './ledger/ledger.service.js';
import { LedgerWorker } from './ledger/ledger.worker.js';
import { createAnalyticsRetention } from './privacy/analytics-retention.js';
import { UsageSubjects } from './privacy/usage-subjects.service.js';
import { StatsRepository } from './statistics/stats.repository.js';
import { StatsService } from './statistics/stats.service.js';

@Module({
  controllers: [InsightsRpcController, subjectControllerOf('insights')],
  providers: [
    LedgerRepository, LedgerService, LedgerWorker, StatsRepository, StatsService, BudgetRepository, LeaseRepository, BudgetService, Housekeeping,
    { provide: CLOCK, useValue: systemClock },
    { provide: SUBJECT_DATA, useClass: UsageSubjects },
    { provide: RetentionTask, inject: [SCHEMA, RpcClient, LOGGER, CLOCK], useFactory: createAnalyticsRetention },
  ],
})
export class InsightsModule {}

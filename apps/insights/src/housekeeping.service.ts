import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { ENVIRONMENT, loggedTask, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { BudgetRepository } from './budgets/budget.repository.js';
import { LeaseRepository } from './budgets/lease.repository.js';
import { CLOCK, type Clock } from './clock.js';
import { InsightsConfigSchema } from './insights.config.js';
import { LedgerRepository } from './ledger/ledger.repository.js';

const EVERY_MS = 60_000;
const FIRST_MS = 5_000;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 5_000;

/** Counts what crashed replicas held as spent, and forgets what is older than the retention. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly retentionMs: number;
  private readonly task: PeriodicTask;
  private stopping = false;

  constructor(
    private readonly ledger: LedgerRepository,
    private readonly leases: LeaseRepository,
    private readonly budgets: BudgetRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.retentionMs = readConfig(InsightsConfigSchema, environment).INSIGHTS_RETENTION_DAYS * DAY_MS;
    this.task = loggedTask('housekeeping', logger, { firstMs: FIRST_MS, everyMs: EVERY_MS, run: () => this.run() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.task.stop();
  }

  async run(): Promise<void> {
    const now = this.now().getTime();
    await this.leases.sweep(new Date(now), new Date(now - DAY_MS));
    const cutoff = new Date(now - this.retentionMs);
    await this.budgets.removeBefore(cutoff);
    while (!this.stopping && (await this.ledger.removeBefore(cutoff, ROWS_AT_ONCE))) await new Promise((resolve) => setImmediate(resolve));
  }
}

import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { getRetention, type RETENTION_CATEGORIES } from '@tecnocursos/contracts';
import type { PeriodicTask, RpcClient } from '@tecnocursos/messaging';
import { loggedTask } from '../jobs/logged-task.js';
import type { Logger } from '../logger.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_MS = 60_000;

export interface RetentionOptions {
  readonly category: (typeof RETENTION_CATEGORIES)[number];
  readonly rpc: RpcClient;
  readonly logger: Logger;
  /** Whom anything of the category is kept of. */
  readonly tenants: () => Promise<readonly string[]>;
  /** Deletes what is older; tells how much that was. */
  readonly remove: (tenantId: string, before: Date) => Promise<number>;
  readonly now?: () => number;
}

/** Deletes once an hour what is older than its organization wants it kept, by the days that identity has. */
export class RetentionTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;
  private isStopped = false;

  constructor(private readonly options: RetentionOptions) {
    this.task = loggedTask(`retention of ${options.category}`, options.logger, { firstMs: FIRST_MS, everyMs: HOUR_MS, run: async () => void (await this.run()) });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    await this.task.stop();
  }

  /** One organization that cannot be asked about keeps what it has until the next time. @returns how much was removed. */
  async run(): Promise<number> {
    const { category, logger, tenants } = this.options;
    let removed = 0;
    for (const tenantId of await tenants()) {
      if (this.isStopped) break;
      removed += await this.removeOf(tenantId).catch((error: unknown) => {
        logger.warn({ err: error, tenant_id: tenantId, category }, 'what is past its retention stays until the next hour');
        return 0;
      });
    }
    return removed;
  }

  private async removeOf(tenantId: string): Promise<number> {
    const { category, rpc, remove, now = Date.now } = this.options;
    const { retention } = await rpc.call(getRetention, {}, { tenantId });
    const days = retention.find((row) => row.category === category)?.days;
    return days === undefined ? 0 : remove(tenantId, new Date(now() - days * DAY_MS));
  }
}

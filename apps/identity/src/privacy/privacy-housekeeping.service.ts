import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, SCHEMA, type Logger } from '@tecnocursos/nest-kit';
import type { IdentityDatabase } from '../identity.tables.js';
import { ExportResults } from './export-results.service.js';
import { RetentionUpkeep } from './retention-upkeep.service.js';

const EVERY_MS = 3_600_000;

/** Deletes exports and entries of the audit log when their time is over. */
@Injectable()
export class PrivacyHousekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly results: ExportResults,
    private readonly upkeep: RetentionUpkeep,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.task = loggedTask('privacy-housekeeping', logger, { everyMs: EVERY_MS, run: () => this.run() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  async run(): Promise<void> {
    await this.results.removeOverdue();
    const tenants = await this.db.selectFrom('audit_entry').select('tenant_id').distinct().execute();
    for (const { tenant_id: tenantId } of tenants) await this.upkeep.pruneAudit(tenantId);
  }
}

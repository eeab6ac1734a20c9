import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { deleteObjects, listObjects } from '@tecnocursos/contracts';
import { RpcClient, type PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, SCHEMA, type Logger } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import { CourseControl } from './course-control.service.js';
import { DOCUMENTS_FOLDER } from './course-keys.js';
import type { CoursesTables } from './courses.tables.js';

const EVERY_MS = 60_000;
const FIRST_MS = 10_000;
const UPLOAD_LIFE_MS = 3_600_000;
/** Uploads that no course was made of, and documents that were read for one request. */
const TEMPORARY_FOLDERS = ['uploads', DOCUMENTS_FOLDER];

/** Finishes what crashes left: deletions half-way, and objects that were to live for an hour. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    @Inject(LOGGER) logger: Logger,
    private readonly control: CourseControl,
    private readonly rpc: RpcClient,
  ) {
    this.task = loggedTask('housekeeping', logger, { firstMs: FIRST_MS, everyMs: EVERY_MS, run: () => this.run() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async run(): Promise<void> {
    await this.control.finishDeletions();
    const tenants = await this.db.selectFrom('course').select('tenant_id').distinct().execute();
    for (const { tenant_id: tenantId } of tenants) for (const folder of TEMPORARY_FOLDERS) await this.removeOld(tenantId, folder);
  }

  private async removeOld(tenantId: string, folder: string): Promise<void> {
    const { objects } = await this.rpc.call(listObjects, { folder }, { tenantId });
    const limit = Date.now() - UPLOAD_LIFE_MS;
    const old = objects.filter((object) => Date.parse(object.modified_at) < limit).map(({ key }) => key);
    if (old.length > 0) await this.rpc.call(deleteObjects, { keys: old }, { tenantId });
  }
}

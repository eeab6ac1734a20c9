import { deleteObjects } from '@tecnocursos/contracts';
import type { RpcClient } from '@tecnocursos/messaging';
import { RetentionTask, type Logger } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import { documentKey, imagesFolder } from '../course-keys.js';
import type { CoursesTables } from '../courses.tables.js';

/** The documents that finished courses were made of, with their pictures, go by the category `course-sources`; the courses stay. */
export function createSourceRetention(db: Kysely<CoursesTables>, rpc: RpcClient, logger: Logger): RetentionTask {
  return new RetentionTask({
    category: 'course-sources', rpc, logger,
    tenants: async () => (await db.selectFrom('course').select('tenant_id').distinct().execute()).map((row) => row.tenant_id),
    remove: async (tenantId, before) => {
      const rows = await db.selectFrom('course').select('id').where('tenant_id', '=', tenantId).where('updated_at', '<', before).where('state', 'in', ['published', 'canceled', 'failed']).execute();
      let removed = 0;
      for (const { id } of rows) removed += (await rpc.call(deleteObjects, { keys: [documentKey(id)], folder: imagesFolder(id) }, { tenantId })).deleted;
      return removed;
    },
  });
}

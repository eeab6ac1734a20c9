import type { RpcClient } from '@tecnocursos/messaging';
import { RetentionTask, type Logger } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import type { NotificationsTables } from '../notifications.tables.js';
import type { MailboxStore } from '../providers/mailbox/mailbox.store.js';

/** Messages, and what the mailbox of this installation has of them, go by the category `messages`. */
export function createMessageRetention(db: Kysely<NotificationsTables>, mailbox: MailboxStore, rpc: RpcClient, logger: Logger): RetentionTask {
  return new RetentionTask({
    category: 'messages', rpc, logger,
    tenants: async () => {
      const rows = await db.selectFrom('message').select('tenant_id').distinct().execute();
      return [...new Set([...rows.map((row) => row.tenant_id), ...(await mailbox.tenants())])];
    },
    remove: async (tenantId, before) => {
      const { numDeletedRows } = await db.deleteFrom('message').where('tenant_id', '=', tenantId).where('created_at', '<', before).where('lease_id', 'is', null).executeTakeFirst();
      return Number(numDeletedRows) + (await mailbox.removeBefore(tenantId, before));
    },
  });
}

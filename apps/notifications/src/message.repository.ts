import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MessageRow, NotificationsTables } from './notifications.tables.js';

export type NewMessage = Pick<MessageRow, 'tenant_id' | 'idempotency_key' | 'template' | 'recipient' | 'language' | 'request_sha256' | 'message_id'>;

export type Claim =
  /** It is ours to send. `resumed`: somebody tried before, and may have delivered it. */
  | { type: 'claimed'; message: MessageRow; resumed: boolean }
  /** Somebody else is sending it. */
  | { type: 'busy' }
  | { type: 'sent'; message: MessageRow }
  /** The key belongs to another request. */
  | { type: 'taken' };

/** The clock of leases is the database's, which all replicas share. */
const inMilliseconds = (ms: number): RawBuilder<Date> => sql<Date>`now() + make_interval(secs => ${ms / 1000}::float8)`;

@Injectable()
export class MessageRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<NotificationsTables>) {}

  /** Takes the lease on a message, which is stored when it is new. Of all callers of all replicas one gets it. */
  async claim(message: NewMessage, leaseMs: number): Promise<Claim> {
    const created = await this.db
      .insertInto('message')
      .values({ ...message, id: newId(), state: 'sending', attempts: 1, lease_id: newId(), lease_until: inMilliseconds(leaseMs), sent_at: null, error: null })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'idempotency_key']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (created) return { type: 'claimed', message: created, resumed: false };
    const resumed = await this.takeOver(message, leaseMs);
    if (resumed) return { type: 'claimed', message: resumed, resumed: true };
    const existing = await this.db
      .selectFrom('message').selectAll()
      .where('tenant_id', '=', message.tenant_id).where('idempotency_key', '=', message.idempotency_key)
      .executeTakeFirstOrThrow();
    if (existing.request_sha256 !== message.request_sha256) return { type: 'taken' };
    return existing.state === 'sent' ? { type: 'sent', message: existing } : { type: 'busy' };
  }

  /** For as long as the sending takes. */
  async renew({ id, lease_id }: MessageRow, leaseMs: number): Promise<void> {
    await this.db.updateTable('message').set({ lease_until: inMilliseconds(leaseMs) }).where('id', '=', id).where('lease_id', '=', lease_id).execute();
  }

  async markSent(id: string): Promise<void> {
    await this.db
      .updateTable('message')
      .set({ state: 'sent', sent_at: sql<Date>`now()`, lease_id: null, lease_until: null, error: null })
      .where('id', '=', id)
      .execute();
  }

  /** Gives the lease back after an attempt without success. `failed`: the same attempt would fail again. */
  async giveBack({ id, lease_id }: MessageRow, state: 'sending' | 'failed', error: string): Promise<void> {
    await this.db.updateTable('message').set({ state, error, lease_id: null, lease_until: null }).where('id', '=', id).where('lease_id', '=', lease_id).execute();
  }

  private takeOver(message: NewMessage, leaseMs: number): Promise<MessageRow | undefined> {
    return this.db
      .updateTable('message')
      .set((expression) => ({
        state: 'sending' as const, attempts: expression('attempts', '+', 1), lease_id: newId(), lease_until: inMilliseconds(leaseMs), error: null,
      }))
      .where('tenant_id', '=', message.tenant_id)
      .where('idempotency_key', '=', message.idempotency_key)
      .where('request_sha256', '=', message.request_sha256)
      .where('state', '!=', 'sent')
      .where((expression) => expression.or([expression('lease_until', 'is', null), expression('lease_until', '<', sql<Date>`now()`)]))
      .returningAll()
      .executeTakeFirst();
  }
}

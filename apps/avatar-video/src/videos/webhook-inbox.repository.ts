import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import type { AvatarVideoTables } from '../avatar-video.tables.js';
import { CLOCK, type Clock } from '../clock.js';

/** What of our orders a vendor's call speaks of. */
export type OrderMark = { readonly tokenSha256: string } | { readonly vendorJobId: string } | { readonly reference: string };

const KEEP_MS = 30 * 24 * 3_600_000;

/** Calls of vendors that were taken: each event has its effect once, and the effect is to look at the order at once. */
@Injectable()
export class WebhookInbox {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<AvatarVideoTables>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async knowsToken(tokenSha256: string): Promise<boolean> {
    const row = await this.db.selectFrom('video_attempt').select('id').where('webhook_token_sha256', '=', tokenSha256).executeTakeFirst();
    return row !== undefined;
  }

  /** `duplicate`: the event was taken before. `unknown`: it speaks of no order of ours. Orders that are over are left as they are. */
  async take(event: { vendor: string; eventId: string }, mark: OrderMark): Promise<'taken' | 'duplicate' | 'unknown'> {
    const now = new Date(this.clock.now());
    return this.db.transaction().execute(async (transaction) => {
      const fresh = await transaction
        .insertInto('webhook_inbox').values({ vendor: event.vendor, event_id: event.eventId, received_at: now })
        .onConflict((conflict) => conflict.columns(['vendor', 'event_id']).doNothing()).returning('event_id').executeTakeFirst();
      if (!fresh) return 'duplicate';
      const attempts = transaction.selectFrom('video_attempt').select(['video_id', 'tenant_id', 'provider']);
      const attempt = await ('tokenSha256' in mark
        ? attempts.where('webhook_token_sha256', '=', mark.tokenSha256)
        : 'reference' in mark
          ? attempts.where('id', '=', mark.reference).where('provider', '=', event.vendor)
          : attempts.where('vendor_job_id', '=', mark.vendorJobId).where('provider', '=', event.vendor)
      ).executeTakeFirst();
      if (!attempt) return 'unknown';
      await transaction
        .updateTable('video').set({ next_at: now })
        .where('tenant_id', '=', attempt.tenant_id).where('id', '=', attempt.video_id).where('state', '=', 'rendering').where('next_at', '>', now)
        .execute();
      return 'taken';
    });
  }

  /** Forgets events that no vendor repeats any more. */
  async removeOld(): Promise<void> {
    await this.db.deleteFrom('webhook_inbox').where('received_at', '<', new Date(this.clock.now() - KEEP_MS)).execute();
  }
}

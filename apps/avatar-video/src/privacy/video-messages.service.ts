import { Inject, Injectable } from '@nestjs/common';
import { ReceivedWebhookSchema, videoChanged, webhookEvents, type EventContract } from '@tecnocursos/contracts';
import { eraseMessages, type BusConnection, type KeptMessage } from '@tecnocursos/messaging';
import { BUS, SCHEMA, webhookTokenHash, type EraseRequest } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import type { AvatarVideoTables } from '../avatar-video.tables.js';
import { webhookConsumerOf } from '../videos/webhook-intake.service.js';

/** What was announced of videos, and what their vendors told of them: in the outbox, and in the streams of the broker. */
@Injectable()
export class VideoMessages {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<AvatarVideoTables>,
    @Inject(BUS) private readonly connection: BusConnection,
  ) {}

  /** While the rows of the videos are there: vendors know them by other names. @returns how many messages the streams had. */
  async erase(tenantId: string, { scope, subject }: Pick<EraseRequest, 'scope' | 'subject'>, videoIds: readonly string[]): Promise<number> {
    const isWhole = scope === 'tenant';
    await this.db.deleteFrom('outbox').where('tenant_id', '=', tenantId).$if(!isWhole, (query) => query.where(mentionsAny(['payload'], videoIds))).execute();
    const names = [...videoIds, ...subject.emails];
    const ofVideos = ({ tenantId: owner, text }: KeptMessage): boolean => owner === tenantId && (isWhole || standsIn(text(), names));
    return (await eraseMessages(this.connection, { contract: videoChanged, isMeant: ofVideos })) + (await this.eraseCalls(tenantId, videoIds, names));
  }

  /** Calls of vendors as they came in, without a tenant. Those that wait to be worked on stay until the broker drops them, within a day. */
  private async eraseCalls(tenantId: string, videoIds: readonly string[], names: readonly string[]): Promise<number> {
    const attempts = videoIds.length === 0 ? [] : await this.db.selectFrom('video_attempt').select(['id', 'vendor_job_id', 'webhook_token_sha256']).where('tenant_id', '=', tenantId).where('video_id', 'in', [...videoIds]).execute();
    const marks = [...names, ...attempts.flatMap(({ id, vendor_job_id: job }) => (job === null ? [id] : [id, job]))];
    const tokens = new Set(attempts.map((attempt) => attempt.webhook_token_sha256));
    const isMeant = ({ text }: KeptMessage): boolean => {
      const call = ReceivedWebhookSchema.safeParse(JSON.parse(text()));
      if (!call.success) return false;
      const { token, body_base64: body } = call.data;
      return (token !== null && tokens.has(webhookTokenHash(token))) || standsIn(Buffer.from(body, 'base64').toString('utf8'), marks);
    };
    let erased = 0;
    for (const [vendor, contract] of Object.entries<EventContract>(webhookEvents)) erased += await eraseMessages(this.connection, { contract, isMeant, consumedBy: webhookConsumerOf(vendor) });
    return erased;
  }
}

function standsIn(text: string, marks: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return marks.some((mark) => lower.includes(mark.toLowerCase()));
}

import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Subject } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, SCHEMA, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import { sql, type Kysely } from 'kysely';
import type { NotificationsTables } from '../notifications.tables.js';
import { MailboxStore } from '../providers/mailbox/mailbox.store.js';

type About = Pick<ExportRequest, 'subject' | 'scope'>;

/** Messages know addresses and no accounts: a person's are those to them, and those that name their address. */
@Injectable()
export class MessageSubjects implements SubjectData {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<NotificationsTables>,
    private readonly mailbox: MailboxStore,
  ) {}

  page(request: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    return subjectPageOf([
      { category: 'message', rows: (after, limit) => this.rows(tenantId, request, after, limit) },
      { category: 'mailbox-message', rows: (after, limit) => this.mails(tenantId, request, after, limit) },
    ], request.cursor);
  }

  /** @throws AppError `unavailable` while a message is on its way: it would arrive after it was erased. */
  async erase(request: EraseRequest, { tenantId }: CallContext): Promise<Erasure> {
    const sending = await this.meant(tenantId, request).select('id').where('lease_until', '>', sql<Date>`now()`).limit(1).executeTakeFirst();
    if (sending) throw new AppError('unavailable', 'A message of this person is being sent. Ask again.', { retryAfterS: 10 });
    const mails = request.scope === 'tenant' ? await this.mailbox.removeAll(tenantId) : await this.removeMails(tenantId, request.subject);
    const ids = this.meant(tenantId, request).select('id');
    const { numDeletedRows } = await this.db.deleteFrom('message').where('tenant_id', '=', tenantId).where('id', 'in', ids).executeTakeFirst();
    return { erased: countsOf({ message: numDeletedRows, 'mailbox-message': mails }) };
  }

  private meant(tenantId: string, { subject, scope }: About) {
    return this.db.selectFrom('message').where('tenant_id', '=', tenantId)
      .$if(scope === 'subject', (query) => query.where(mentionsAny(['recipient', 'idempotency_key', 'message_id', 'error'], subject.emails)));
  }

  private async rows(tenantId: string, about: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.meant(tenantId, about).select(['id', 'template', 'recipient', 'language', 'state', 'message_id', 'created_at', 'sent_at'])
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map(({ id, ...data }) => ({ id, data }));
  }

  private async mails(tenantId: string, { subject, scope }: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows: SubjectRow[] = [];
    for (const id of await this.mailbox.ids(tenantId)) {
      if (after !== undefined && id <= after) continue;
      const message = await this.mailbox.get(tenantId, id);
      if (!message || (scope === 'subject' && !namesAny(message, subject))) continue;
      const { from, to, subject: title, receivedAt, text } = message;
      rows.push({ id, data: { from, to, subject: title, received_at: receivedAt.toISOString(), text } });
      if (rows.length === limit) break;
    }
    return rows;
  }

  private async removeMails(tenantId: string, subject: Subject): Promise<number> {
    let removed = 0;
    for (const id of await this.mailbox.ids(tenantId)) {
      const message = await this.mailbox.get(tenantId, id);
      if (message && namesAny(message, subject)) removed += Number(await this.mailbox.remove(tenantId, id));
    }
    return removed;
  }
}

function namesAny(message: object, { emails }: Subject): boolean {
  const whole = JSON.stringify(message).toLowerCase();
  return emails.some((email) => whole.includes(email.toLowerCase()));
}

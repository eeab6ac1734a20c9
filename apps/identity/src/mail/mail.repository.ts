import { Inject, Injectable } from '@nestjs/common';
import { newId, type RequestInput, type sendMessage } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Insertable, Selectable } from 'kysely';
import { Clock } from '../clock.js';
import { PLATFORM, SecretVault } from '../vault/secret-vault.service.js';
import type { MailTables } from './mail.tables.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';

type Union = RequestInput<typeof sendMessage>;
type WithoutKey<T> = T extends unknown ? Omit<T, 'idempotency_key'> : never;
/** What `notifications` is asked to send, but for the idempotency key, which is the row's id. */
export type Letter = WithoutKey<Union>;
export type StoredMail = Selectable<MailTables['mail']>;
export type PreparedMail = Insertable<MailTables['mail']>;

const placeOf = (id: string) => ({ provider: 'mail', field: id });

@Injectable()
export class MailRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly vault: SecretVault,
    private readonly clock: Clock,
  ) {}

  /** Seals a letter, before the transaction that will insert it. @param dropAt after which it is of no use. */
  async prepare(tenantId: string, letter: Letter, dropAt: Date): Promise<PreparedMail> {
    const id = newId();
    const sealed = await this.vault.seal(PLATFORM, placeOf(id), JSON.stringify({ ...letter, idempotency_key: `identity:${id}` }));
    return { id, tenant_id: tenantId, sealed, attempts: 0, next_attempt_at: this.clock.now(), drop_at: dropAt };
  }

  async insertIn(transaction: IdentityTransaction, mail: PreparedMail): Promise<void> {
    await transaction.insertInto('mail').values(mail).execute();
  }

  async due(limit: number): Promise<StoredMail[]> {
    return this.db.selectFrom('mail').selectAll().where('next_attempt_at', '<=', this.clock.now()).orderBy('created_at').limit(limit).execute();
  }

  async open(mail: StoredMail): Promise<Union> {
    return JSON.parse(await this.vault.open(PLATFORM, placeOf(mail.id), mail.sealed)) as Union;
  }

  async remove(id: string): Promise<void> {
    await this.db.deleteFrom('mail').where('id', '=', id).execute();
  }

  /** Letters of an organization that have not left yet, to some addresses. @returns how many there were. */
  async removeTo(tenantId: string, emails: readonly string[]): Promise<number> {
    const mails = await this.db.selectFrom('mail').selectAll().where('tenant_id', '=', tenantId).execute();
    let count = 0;
    for (const mail of mails) {
      if (!emails.includes((await this.open(mail)).to.email)) continue;
      await this.remove(mail.id);
      count += 1;
    }
    return count;
  }

  async postpone(id: string, attempts: number, nextAttemptAt: Date): Promise<void> {
    await this.db.updateTable('mail').set({ attempts, next_attempt_at: nextAttemptAt }).where('id', '=', id).execute();
  }
}

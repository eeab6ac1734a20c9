import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ClonedVoice } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely, Selectable } from 'kysely';
import type { ClonedVoiceTable, TtsTables } from '../tts.tables.js';

export interface StoredVoice extends ClonedVoice {
  readonly vendorVoiceId: string;
}

/** Voices that tenants had cloned, with the consents they stand on. */
@Injectable()
export class ClonedVoiceRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<TtsTables>) {}

  async add(tenantId: string, voice: StoredVoice): Promise<void> {
    const { consent } = voice;
    await this.db
      .insertInto('cloned_voice')
      .values({
        id: voice.id, tenant_id: tenantId, name: voice.name, language: voice.language, description: voice.description, provider: voice.provider, simulated: voice.simulated,
        vendor_voice_id: voice.vendorVoiceId, samples: JSON.stringify(voice.samples), consent_given_by: consent.given_by, consent_given_at: new Date(consent.given_at),
        consent_statement: consent.statement, created_at: new Date(voice.created_at), deleted_at: null,
      })
      .execute();
  }

  /** @throws AppError `not_found`. */
  async get(tenantId: string, id: string): Promise<StoredVoice> {
    const row = await this.db.selectFrom('cloned_voice').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
    if (!row) throw new AppError('not_found', 'There is no such cloned voice.');
    return fromRow(row);
  }

  /** Newest first; `cursor` is the id of the last voice of the page before. */
  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<{ voices: StoredVoice[]; nextCursor: string | null }> {
    const rows = await this.db
      .selectFrom('cloned_voice')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('deleted_at', 'is', null)
      .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = rows.slice(0, limit).map(fromRow);
    return { voices: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async count(tenantId: string): Promise<number> {
    const { count } = await this.db.selectFrom('cloned_voice').select((expression) => expression.fn.countAll<number>().as('count')).where('tenant_id', '=', tenantId).where('deleted_at', 'is', null).executeTakeFirstOrThrow();
    return count;
  }

  async markDeleted(tenantId: string, id: string, now: Date): Promise<void> {
    await this.db.updateTable('cloned_voice').set({ deleted_at: now }).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
  }
}

const fromRow = (row: Selectable<ClonedVoiceTable>): StoredVoice => ({
  id: row.id, name: row.name, language: row.language, description: row.description, provider: row.provider, simulated: row.simulated, vendorVoiceId: row.vendor_voice_id,
  samples: JSON.parse(row.samples) as StoredVoice['samples'], created_at: row.created_at.toISOString(),
  consent: { given_by: row.consent_given_by, given_at: row.consent_given_at.toISOString(), statement: row.consent_statement },
});

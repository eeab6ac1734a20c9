import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import { sql, type Kysely } from 'kysely';
import { AudioStore } from '../speech/audio-store.js';
import type { TtsTables } from '../tts.tables.js';
import type { About } from './subject-voices.service.js';

const ROUND = 500;
const FOLDER = 'speech';
/** By code point, whatever the database sorts texts by. */
const ID = sql<string>`concat_ws(' ', content_hash, provider, simulated) collate "C"`;

/** Speech that may be used again, with its sound. */
@Injectable()
export class SubjectSpeech {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    private readonly store: AudioStore,
  ) {}

  async rows(tenantId: string, about: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.meant(tenantId, about, []).select(['provider', 'object_key', 'duration_ms', 'words', 'created_at', ID.as('id')])
      .$if(after !== undefined, (query) => query.where(ID, '>', after ?? '')).orderBy(ID).limit(limit).execute();
    return rows.map(({ id, ...row }) => ({ id, data: { ...row, words: JSON.parse(row.words) as unknown }, objects: about.scope === 'tenant' ? [] : [row.object_key] }));
  }

  /** @param keys of objects that are meant in any case. @returns how many there were. */
  async erase(tenantId: string, about: About, keys: readonly string[]): Promise<number> {
    const rows = await this.meant(tenantId, about, keys).select('object_key').execute();
    const objects = [...new Set([...keys, ...rows.map((row) => row.object_key)])];
    for (let from = 0; from < objects.length; from += ROUND) await this.store.remove(tenantId, objects.slice(from, from + ROUND));
    if (about.scope === 'tenant') await this.store.removeFolder(tenantId, FOLDER);
    if (objects.length > 0) await this.db.deleteFrom('speech').where('tenant_id', '=', tenantId).where('object_key', 'in', objects).execute();
    return rows.length;
  }

  private meant(tenantId: string, { subject, scope }: About, keys: readonly string[]) {
    return this.db.selectFrom('speech').where('tenant_id', '=', tenantId)
      .$if(scope === 'subject', (query) => query.where((where) => where.or([mentionsAny(['words', 'warnings'], subject.emails), ...(keys.length === 0 ? [] : [where('object_key', 'in', [...keys])])])));
  }
}

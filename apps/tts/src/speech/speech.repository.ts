import { Inject, Injectable } from '@nestjs/common';
import type { AudioFormat, ObjectRef, WordTiming } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely, Selectable } from 'kysely';
import type { SpeechTable, TtsTables } from '../tts.tables.js';

/** Speech in the storage, with all that is told of it. */
export interface StoredSpeech {
  readonly provider: string;
  readonly simulated: boolean;
  readonly model: string | null;
  readonly object: ObjectRef;
  readonly durationMs: number;
  readonly words: readonly WordTiming[];
  readonly timing: 'measured' | 'estimated';
  readonly warnings: readonly string[];
}

/** Where speech lies in the tenant's storage: by what it says, who says it, and how it is encoded. */
export const speechKey = (contentHash: string, provider: string, format: AudioFormat): string => `speech/${contentHash.slice(0, 2)}/${contentHash}-${provider}.${format}`;

/** Speech by the hash of its content. */
@Injectable()
export class SpeechRepository {
  constructor(@Inject(SCHEMA) private readonly db: Kysely<TtsTables>) {}

  /** The same speech by whoever spoke it. */
  async find(tenantId: string, contentHash: string): Promise<StoredSpeech[]> {
    const rows = await this.db.selectFrom('speech').selectAll().where('tenant_id', '=', tenantId).where('content_hash', '=', contentHash).orderBy('created_at', 'desc').execute();
    return rows.map(fromRow);
  }

  async keep(tenantId: string, contentHash: string, speech: StoredSpeech, now: Date): Promise<void> {
    const { object, words, warnings } = speech;
    const values = {
      model: speech.model, object_key: object.key, content_type: object.content_type, size: object.size, sha256: object.sha256, duration_ms: speech.durationMs,
      words: JSON.stringify(words), timing: speech.timing, warnings: JSON.stringify(warnings), created_at: now, used_at: now,
    };
    await this.db
      .insertInto('speech')
      .values({ tenant_id: tenantId, content_hash: contentHash, provider: speech.provider, simulated: speech.simulated, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'content_hash', 'provider', 'simulated']).doUpdateSet(values))
      .execute();
  }

  async touch(tenantId: string, contentHash: string, now: Date): Promise<void> {
    await this.db.updateTable('speech').set({ used_at: now }).where('tenant_id', '=', tenantId).where('content_hash', '=', contentHash).execute();
  }

  async forget(tenantId: string, objectKey: string): Promise<void> {
    await this.db.deleteFrom('speech').where('tenant_id', '=', tenantId).where('object_key', '=', objectKey).execute();
  }

  /** Removes rows that nobody has used since, and tells whose objects they were. */
  async takeUnused(before: Date, limit: number): Promise<{ tenantId: string; key: string }[]> {
    const rows = await this.db
      .deleteFrom('speech')
      .where('used_at', '<', before)
      .where('object_key', 'in', this.db.selectFrom('speech').select('object_key').where('used_at', '<', before).orderBy('used_at').limit(limit))
      .returning(['tenant_id', 'object_key'])
      .execute();
    return rows.map(({ tenant_id: tenantId, object_key: key }) => ({ tenantId, key }));
  }
}

function fromRow(row: Selectable<SpeechTable>): StoredSpeech {
  return {
    provider: row.provider, simulated: row.simulated, model: row.model, durationMs: row.duration_ms, timing: row.timing,
    object: { key: row.object_key, content_type: row.content_type, size: row.size, sha256: row.sha256 },
    words: JSON.parse(row.words) as WordTiming[], warnings: JSON.parse(row.warnings) as string[],
  };
}

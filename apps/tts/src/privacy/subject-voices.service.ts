import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@tecnocursos/messaging';
import { SCHEMA, type ExportRequest, type SubjectRow } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import { VoiceCloning } from '../cloning/voice-cloning.service.js';
import type { TtsTables } from '../tts.tables.js';

export type About = Pick<ExportRequest, 'subject' | 'scope'>;

/** Cloned voices whose names or consents speak of a person: they go at their vendors too, and the consents with them. */
@Injectable()
export class SubjectVoices {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    private readonly cloning: VoiceCloning,
  ) {}

  async rows(tenantId: string, about: About, after: string | undefined, limit: number): Promise<SubjectRow[]> {
    const rows = await this.meant(tenantId, about)
      .select(['id', 'name', 'language', 'description', 'provider', 'samples', 'consent_given_by', 'consent_given_at', 'consent_statement', 'created_at', 'deleted_at'])
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? '')).orderBy('id').limit(limit).execute();
    return rows.map((row) => ({ id: row.id, data: { ...row, samples: JSON.parse(row.samples) as unknown } }));
  }

  /** @returns how many there were. */
  async erase(about: About, context: CallContext): Promise<number> {
    const voices = await this.meant(context.tenantId, about).select(['id', 'deleted_at']).execute();
    for (const { id, deleted_at: deletedAt } of voices) if (deletedAt === null) await this.cloning.delete({ voice_id: id }, context);
    if (voices.length > 0) await this.db.deleteFrom('cloned_voice').where('tenant_id', '=', context.tenantId).where('id', 'in', voices.map(({ id }) => id)).execute();
    return voices.length;
  }

  private meant(tenantId: string, { subject, scope }: About) {
    return this.db.selectFrom('cloned_voice').where('tenant_id', '=', tenantId)
      .$if(scope === 'subject', (query) => query.where(mentionsAny(['name', 'description', 'consent_given_by', 'consent_statement'], subject.emails)));
  }
}

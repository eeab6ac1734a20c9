import { Inject, Injectable } from '@nestjs/common';
import type { CallContext } from '@tecnocursos/messaging';
import { SCHEMA } from '@tecnocursos/nest-kit';
import type { Kysely } from 'kysely';
import { ClonedVoiceRepository } from '../cloning/cloned-voice.repository.js';
import { VoiceCloning } from '../cloning/voice-cloning.service.js';
import { AudioStore } from '../speech/audio-store.js';
import type { TtsTables } from '../tts.tables.js';

export interface ErasureCount {
  readonly category: string;
  readonly count: number;
}

const PAGE = 100;

/** Everything that this service keeps of a tenant, gone: cloned voices at their vendors too. Repeating it counts nothing. */
@Injectable()
export class TenantErasure {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<TtsTables>,
    private readonly voices: ClonedVoiceRepository,
    private readonly cloning: VoiceCloning,
    private readonly store: AudioStore,
  ) {}

  /** @throws AppError when a vendor does not delete a voice; what is left is taken up when it is asked again. */
  async erase(context: CallContext): Promise<ErasureCount[]> {
    const { tenantId } = context;
    for (let page = await this.voices.list(tenantId, PAGE, undefined); page.voices.length > 0; page = await this.voices.list(tenantId, PAGE, undefined)) {
      for (const { id } of page.voices) await this.cloning.delete({ voice_id: id }, context);
    }
    await this.store.removeFolder(tenantId, 'speech');
    const counts: ErasureCount[] = [];
    for (const [category, table] of [['cloned voice', 'cloned_voice'], ['batch of speech', 'batch'], ['speech', 'speech']] as const) {
      const { numDeletedRows } = await this.db.deleteFrom(table).where('tenant_id', '=', tenantId).executeTakeFirst();
      if (numDeletedRows > 0n) counts.push({ category, count: Number(numDeletedRows) });
    }
    return counts;
  }
}

import { Injectable } from '@nestjs/common';
import { KeptAnswers } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData } from '@tecnocursos/nest-kit';
import { SubjectBatches } from './subject-batches.service.js';
import { SubjectSpeech } from './subject-speech.service.js';
import { SubjectVoices } from './subject-voices.service.js';

/** Nothing is kept here by account: what is a person's is found by the e-mail addresses in texts and consents. All of a tenant's goes with the tenant. */
@Injectable()
export class SpeechSubjects implements SubjectData {
  constructor(
    private readonly voices: SubjectVoices,
    private readonly batches: SubjectBatches,
    private readonly speech: SubjectSpeech,
    private readonly answers: KeptAnswers,
  ) {}

  page(request: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    return subjectPageOf([
      { category: 'cloned-voice', rows: (after, limit) => this.voices.rows(tenantId, request, after, limit) },
      { category: 'speech-batch-item', rows: (after, limit) => this.batches.rows(tenantId, request, after, limit) },
      { category: 'speech', rows: (after, limit) => this.speech.rows(tenantId, request, after, limit) },
    ], request.cursor);
  }

  /** @throws AppError when a vendor does not delete a voice; what is left is taken up when it is asked again. */
  async erase(request: EraseRequest, context: CallContext): Promise<Erasure> {
    const voices = await this.voices.erase(request, context);
    const { ids, keys, messages } = await this.batches.end(request, context);
    const speech = await this.speech.erase(context.tenantId, request, keys);
    await this.batches.remove(context.tenantId, ids);
    const answers = await this.answers.erase(context.tenantId, request);
    return { erased: countsOf({ 'cloned-voice': voices, 'speech-batch': ids.length, 'speech-message': messages, speech, ...answers }) };
  }
}

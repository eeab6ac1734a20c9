import { Injectable } from '@nestjs/common';
import { KeptAnswers } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import { countsOf, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData } from '@tecnocursos/nest-kit';

/** Nothing is kept here but answers: a person's are those that name their address, and what is in caches, which are emptied as a whole. */
@Injectable()
export class AnswerSubjects implements SubjectData {
  constructor(private readonly answers: KeptAnswers) {}

  page(request: ExportRequest, { tenantId }: CallContext): Promise<ExportPage> {
    return subjectPageOf([{ category: 'kept-answer', rows: (after, limit) => this.answers.rows(tenantId, request, after, limit) }], request.cursor);
  }

  async erase(request: EraseRequest, { tenantId }: CallContext): Promise<Erasure> {
    return { erased: countsOf(await this.answers.erase(tenantId, request)) };
  }
}

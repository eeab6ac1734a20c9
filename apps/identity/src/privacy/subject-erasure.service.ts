import { Inject, Injectable } from '@nestjs/common';
import { AppError, subjectErasures, type ServiceName, type Subject } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { PrivacyJobRepository } from './privacy-job.repository.js';
import type { PrivacyPartRow } from './privacy.tables.js';

/**
 * Who makes data is asked before who is given it, so that nothing comes after it was erased: courses have speech, videos and texts made, and everybody stores. Identity
 * comes last: until then it knows whom the others still have.
 */
const PHASES: readonly (readonly ServiceName[])[] = [['courses'], ['avatar-video', 'tts'], ['ai', 'billing', 'insights', 'notifications', 'sandbox'], ['storage'], ['identity']];

/** Asks every service to erase. */
@Injectable()
export class SubjectErasure {
  constructor(
    private readonly jobs: PrivacyJobRepository,
    private readonly rpc: RpcClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Goes on where an earlier attempt stopped. @returns whether all is done. */
  async run(parts: readonly PrivacyPartRow[], subject: Subject): Promise<boolean> {
    const waiting = parts.filter(({ state }) => state !== 'done');
    for (const phase of PHASES) {
      const outcomes: boolean[] = [];
      for (const part of waiting.filter(({ service }) => phase.includes(service))) outcomes.push(await this.erase(part, subject));
      if (outcomes.includes(false)) return false;
    }
    return true;
  }

  private async erase(part: PrivacyPartRow, subject: Subject): Promise<boolean> {
    await this.jobs.extend(part.job_id);
    try {
      const reply = await this.rpc.call(subjectErasures[part.service], { job_id: part.job_id, subject, scope: part.scope }, { tenantId: part.tenant_id });
      const retained = reply.retained.map(({ reason, ...count }) => ({ ...count, retained_because: reason }));
      await this.jobs.settlePart(part, { state: 'done', counts: [...reply.erased, ...retained] });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ service: part.service, job: part.job_id, code: error.code }, 'a service has not erased yet; it will be asked again');
      return false;
    }
  }
}

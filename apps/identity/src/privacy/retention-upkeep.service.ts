import { Injectable } from '@nestjs/common';
import { AuditRepository } from '../audit/audit.repository.js';
import { PrivacyTimes } from './privacy-times.js';
import { RetentionService } from './retention.service.js';

/** What identity itself deletes when its time is over. */
@Injectable()
export class RetentionUpkeep {
  constructor(
    private readonly retention: RetentionService,
    private readonly audit: AuditRepository,
    private readonly times: PrivacyTimes,
  ) {}

  /** @returns how many entries went. */
  async pruneAudit(tenantId: string): Promise<number> {
    const days = await this.retention.days(tenantId, 'audit-log');
    return this.audit.prune(tenantId, this.times.inDays(-days));
  }
}

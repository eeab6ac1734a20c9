import { Controller } from '@nestjs/common';
import { appendAuditEntry, listAuditEntries, verifyAuditLog, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { AuditLog } from './audit-log.service.js';
import { AuditRepository } from './audit.repository.js';

@Controller()
export class AuditRpcController {
  constructor(
    private readonly log: AuditLog,
    private readonly entries: AuditRepository,
  ) {}

  @RpcHandler(appendAuditEntry)
  append(entry: RequestOf<typeof appendAuditEntry>, { tenantId }: CallContext): Promise<ReplyInput<typeof appendAuditEntry>> {
    return this.entries.append(tenantId, entry);
  }

  @RpcHandler(listAuditEntries)
  list(request: RequestOf<typeof listAuditEntries>, { tenantId }: CallContext): Promise<ReplyInput<typeof listAuditEntries>> {
    return this.log.list(tenantId, request);
  }

  @RpcHandler(verifyAuditLog)
  verify(_request: RequestOf<typeof verifyAuditLog>, { tenantId }: CallContext): Promise<ReplyInput<typeof verifyAuditLog>> {
    return this.log.verify(tenantId);
  }
}

import { Controller } from '@nestjs/common';
import { subjectErasures, subjectExports, type ReplyInput, type RequestOf, type SubjectEraseContract, type SubjectExportContract } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { IdentitySubjectErasure } from './identity-subject-erasure.service.js';
import { IdentitySubjectExport } from './identity-subject-export.service.js';

/** Identity's own part in exports and erasures, which it is asked for like every other service. */
@Controller()
export class IdentitySubjectRpcController {
  constructor(
    private readonly exports: IdentitySubjectExport,
    private readonly erasure: IdentitySubjectErasure,
  ) {}

  @RpcHandler(subjectExports.identity)
  export(request: RequestOf<SubjectExportContract>, { tenantId }: CallContext): Promise<ReplyInput<SubjectExportContract>> {
    return this.exports.page(tenantId, request);
  }

  @RpcHandler(subjectErasures.identity)
  erase(request: RequestOf<SubjectEraseContract>, { tenantId }: CallContext): Promise<ReplyInput<SubjectEraseContract>> {
    return this.erasure.erase(tenantId, request);
  }
}

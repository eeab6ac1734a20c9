import { Controller } from '@nestjs/common';
import { subjectErasures, subjectExports, type ReplyInput, type RequestOf, type SubjectEraseContract, type SubjectExportContract } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { TenantErasure } from './tenant-erasure.service.js';

/** Nothing here is kept by account or address: consents to cloning name a person, who need not have an account. The tenant's voices end with the tenant. */
@Controller()
export class SubjectRpcController {
  constructor(private readonly erasure: TenantErasure) {}

  @RpcHandler(subjectExports.tts)
  async export(_request: RequestOf<SubjectExportContract>): Promise<ReplyInput<SubjectExportContract>> {
    return { records: [] };
  }

  @RpcHandler(subjectErasures.tts)
  async erase({ scope }: RequestOf<SubjectEraseContract>, context: CallContext): Promise<ReplyInput<SubjectEraseContract>> {
    return { erased: scope === 'tenant' ? await this.erasure.erase(context) : [] };
  }
}

import { Controller } from '@nestjs/common';
import { subjectErasures, subjectExports, type ReplyInput, type RequestOf, type SubjectEraseContract, type SubjectExportContract } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { VideoSubjects } from './videos/video-subjects.service.js';

/** This service's part in exports and erasures of personal data. */
@Controller()
export class PrivacyRpcController {
  constructor(private readonly subjects: VideoSubjects) {}

  @RpcHandler(subjectExports['avatar-video'])
  export(request: RequestOf<SubjectExportContract>, { tenantId }: CallContext): Promise<ReplyInput<SubjectExportContract>> {
    return this.subjects.page(tenantId, request);
  }

  @RpcHandler(subjectErasures['avatar-video'])
  erase(request: RequestOf<SubjectEraseContract>, { tenantId, signal }: CallContext): Promise<ReplyInput<SubjectEraseContract>> {
    return this.subjects.erase(tenantId, request, signal);
  }
}

import { Controller } from '@nestjs/common';
import { renderLesson, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { AvatarVideoService } from './avatar-video.service.js';

@Controller()
export class AvatarVideoRpcController {
  constructor(private readonly videos: AvatarVideoService) {}

  @RpcHandler(renderLesson)
  render(request: RequestOf<typeof renderLesson>, context: CallContext): Promise<ReplyInput<typeof renderLesson>> {
    return this.videos.renderLesson(request, context.signal);
  }
}

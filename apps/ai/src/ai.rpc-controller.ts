import { Controller } from '@nestjs/common';
import { createOutline, generateQuiz, generateScript, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { AiService } from './ai.service.js';

@Controller()
export class AiRpcController {
  constructor(private readonly ai: AiService) {}

  @RpcHandler(createOutline)
  outline(request: RequestOf<typeof createOutline>, context: CallContext): Promise<ReplyInput<typeof createOutline>> {
    return this.ai.outline(request, context.signal);
  }

  @RpcHandler(generateScript)
  script(request: RequestOf<typeof generateScript>, context: CallContext): Promise<ReplyInput<typeof generateScript>> {
    return this.ai.script(request, context.signal);
  }

  @RpcHandler(generateQuiz)
  quiz(request: RequestOf<typeof generateQuiz>, context: CallContext): Promise<ReplyInput<typeof generateQuiz>> {
    return this.ai.quiz(request, context.signal);
  }
}

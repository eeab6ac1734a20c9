import { Controller } from '@nestjs/common';
import {
  analyzeContent, createOutline, describeImage, generateQuiz, generateScript, improveText, moderateContent, translateText, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { callerOf } from '@tecnocursos/integration-kit';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { AiService } from './ai.service.js';
import { TextService } from './text.service.js';

@Controller()
export class AiRpcController {
  constructor(
    private readonly ai: AiService,
    private readonly texts: TextService,
  ) {}

  @RpcHandler(createOutline)
  outline(request: RequestOf<typeof createOutline>, context: CallContext): Promise<ReplyInput<typeof createOutline>> {
    return this.ai.outline(request, callerOf(context));
  }

  @RpcHandler(generateScript)
  script(request: RequestOf<typeof generateScript>, context: CallContext): Promise<ReplyInput<typeof generateScript>> {
    return this.ai.script(request, callerOf(context));
  }

  @RpcHandler(generateQuiz)
  quiz(request: RequestOf<typeof generateQuiz>, context: CallContext): Promise<ReplyInput<typeof generateQuiz>> {
    return this.ai.quiz(request, callerOf(context));
  }

  @RpcHandler(improveText)
  improve(request: RequestOf<typeof improveText>, context: CallContext): Promise<ReplyInput<typeof improveText>> {
    return this.texts.improve(request, callerOf(context));
  }

  @RpcHandler(analyzeContent)
  analyze(request: RequestOf<typeof analyzeContent>, context: CallContext): Promise<ReplyInput<typeof analyzeContent>> {
    return this.texts.analyze(request, callerOf(context));
  }

  @RpcHandler(moderateContent)
  moderate(request: RequestOf<typeof moderateContent>, context: CallContext): Promise<ReplyInput<typeof moderateContent>> {
    return this.texts.moderate(request, callerOf(context));
  }

  @RpcHandler(describeImage)
  describe(request: RequestOf<typeof describeImage>, context: CallContext): Promise<ReplyInput<typeof describeImage>> {
    return this.texts.describe(request, callerOf(context));
  }

  @RpcHandler(translateText)
  translate(request: RequestOf<typeof translateText>, context: CallContext): Promise<ReplyInput<typeof translateText>> {
    return this.texts.translate(request, callerOf(context));
  }
}

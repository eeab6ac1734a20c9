import { Controller } from '@nestjs/common';
import {
  analyzeContent, createOutline, describeImage, generateQuiz, generateScript, improveText, moderateContent, translateText, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { aiCallerOf } from './ai-caller.js';
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
    return this.ai.outline(request, aiCallerOf(context));
  }

  @RpcHandler(generateScript)
  script(request: RequestOf<typeof generateScript>, context: CallContext): Promise<ReplyInput<typeof generateScript>> {
    return this.ai.script(request, aiCallerOf(context));
  }

  @RpcHandler(generateQuiz)
  quiz(request: RequestOf<typeof generateQuiz>, context: CallContext): Promise<ReplyInput<typeof generateQuiz>> {
    return this.ai.quiz(request, aiCallerOf(context));
  }

  @RpcHandler(improveText)
  improve(request: RequestOf<typeof improveText>, context: CallContext): Promise<ReplyInput<typeof improveText>> {
    return this.texts.improve(request, aiCallerOf(context));
  }

  @RpcHandler(analyzeContent)
  analyze(request: RequestOf<typeof analyzeContent>, context: CallContext): Promise<ReplyInput<typeof analyzeContent>> {
    return this.texts.analyze(request, aiCallerOf(context));
  }

  @RpcHandler(moderateContent)
  moderate(request: RequestOf<typeof moderateContent>, context: CallContext): Promise<ReplyInput<typeof moderateContent>> {
    return this.texts.moderate(request, aiCallerOf(context));
  }

  @RpcHandler(describeImage)
  describe(request: RequestOf<typeof describeImage>, context: CallContext): Promise<ReplyInput<typeof describeImage>> {
    return this.texts.describe(request, aiCallerOf(context));
  }

  @RpcHandler(translateText)
  translate(request: RequestOf<typeof translateText>, context: CallContext): Promise<ReplyInput<typeof translateText>> {
    return this.texts.translate(request, aiCallerOf(context));
  }
}

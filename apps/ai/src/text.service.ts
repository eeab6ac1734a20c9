import { Injectable } from '@nestjs/common';
import type { analyzeContent, describeImage, improveText, moderateContent, ReplyInput, RequestOf, translateText } from '@tecnocursos/contracts';
import { servedByOf } from '@tecnocursos/integration-kit';
import type { AiCaller } from './ai-caller.js';
import { AnalyzeService } from './operations/analyze/analyze.service.js';
import { DescribeImageService } from './operations/describe-image/describe-image.service.js';
import { ImproveService } from './operations/improve/improve.service.js';
import { ModerateService } from './operations/moderate/moderate.service.js';
import { TranslateService } from './operations/translate/translate.service.js';

/** Use cases over texts and pictures that come with the request, as the contracts have them. */
@Injectable()
export class TextService {
  constructor(
    private readonly improver: ImproveService,
    private readonly analyst: AnalyzeService,
    private readonly moderator: ModerateService,
    private readonly images: DescribeImageService,
    private readonly translator: TranslateService,
  ) {}

  async improve({ text, language, goals, tone, level, routing }: RequestOf<typeof improveText>, caller: AiCaller): Promise<ReplyInput<typeof improveText>> {
    const served = await this.improver.improve(text, { language, goals, tone, level }, routing, caller);
    return { improved: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async analyze({ text, language, routing }: RequestOf<typeof analyzeContent>, caller: AiCaller): Promise<ReplyInput<typeof analyzeContent>> {
    const served = await this.analyst.analyze(text, language, routing, caller);
    return { analysis: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async moderate({ inputs, routing }: RequestOf<typeof moderateContent>, caller: AiCaller): Promise<ReplyInput<typeof moderateContent>> {
    const served = await this.moderator.moderate(inputs, routing, caller);
    return { results: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async describe({ image_key: key, language, context, routing }: RequestOf<typeof describeImage>, caller: AiCaller): Promise<ReplyInput<typeof describeImage>> {
    const served = await this.images.describe({ key, language, context }, routing, caller);
    return { ...served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async translate(request: RequestOf<typeof translateText>, caller: AiCaller): Promise<ReplyInput<typeof translateText>> {
    const served = await this.translator.translate(request.text, { target: request.target_language, source: request.source_language }, request.routing, caller);
    return { ...served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }
}

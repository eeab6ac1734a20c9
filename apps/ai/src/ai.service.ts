import { Injectable } from '@nestjs/common';
import { DocumentSchema, type createOutline, type Document, type generateQuiz, type generateScript, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { servedByOf } from '@tecnocursos/integration-kit';
import { BlobStore } from '@tecnocursos/nest-kit';
import type { AiCaller } from './ai-caller.js';
import { OutlineService } from './operations/outline/outline.service.js';
import { QuizService } from './operations/quiz/quiz.service.js';
import { ScriptService } from './operations/script/script.service.js';
import { visibleDocument } from './operations/visible-document.js';

/** Use cases over stored documents: the bus carries the document's key, the providers get the document. */
@Injectable()
export class AiService {
  constructor(
    private readonly blobs: BlobStore,
    private readonly outlines: OutlineService,
    private readonly scripts: ScriptService,
    private readonly quizzes: QuizService,
  ) {}

  async outline(request: RequestOf<typeof createOutline>, caller: AiCaller): Promise<ReplyInput<typeof createOutline>> {
    const { language, lesson_minutes: lessonMinutes, title, audience, routing } = request;
    const served = await this.outlines.create(await this.load(request.document_key), { language, lessonMinutes, title, audience }, routing, caller);
    return { outline: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async script(request: RequestOf<typeof generateScript>, caller: AiCaller): Promise<ReplyInput<typeof generateScript>> {
    const { language, course_title: courseTitle, lesson, lesson_count: lessonCount, style, audience, target_minutes: targetMinutes, routing } = request;
    const wish = { language, courseTitle, lesson, lessonCount, style, audience, targetMinutes };
    const served = await this.scripts.write(await this.load(request.document_key), wish, routing, caller);
    return { slides: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  async quiz(request: RequestOf<typeof generateQuiz>, caller: AiCaller): Promise<ReplyInput<typeof generateQuiz>> {
    const { language, lesson, count, routing } = request;
    const served = await this.quizzes.write(await this.load(request.document_key), { language, lesson, count }, routing, caller);
    return { questions: served.value, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  private async load(key: string): Promise<Document> {
    return visibleDocument(await this.blobs.getJson(key, DocumentSchema));
  }
}

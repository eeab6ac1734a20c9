import { Inject, Injectable } from '@nestjs/common';
import {
  DocumentSchema, servedLocally, type createOutline, type Document, type generateQuiz, type generateScript, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import { COURSE_AUTHOR, type CourseAuthor } from './ports/course-author.port.js';

/** Use cases over stored documents: the bus carries the document's key, the author gets the document. */
@Injectable()
export class AiService {
  constructor(
    private readonly blobs: BlobStore,
    @Inject(COURSE_AUTHOR) private readonly author: CourseAuthor,
  ) {}

  async outline(request: RequestOf<typeof createOutline>, signal: AbortSignal): Promise<ReplyInput<typeof createOutline>> {
    const document = await this.load(request.document_key);
    const outline = await this.author.outline(document, {
      language: request.language,
      lessonMinutes: request.lesson_minutes,
      signal,
      ...(request.title !== undefined && { title: request.title }),
    });
    return { outline, served_by: servedLocally(this.author.provider) };
  }

  async script(request: RequestOf<typeof generateScript>, signal: AbortSignal): Promise<ReplyInput<typeof generateScript>> {
    const document = await this.load(request.document_key);
    const slides = await this.author.script(document, request.lesson, {
      language: request.language,
      courseTitle: request.course_title,
      lessonCount: request.lesson_count,
      signal,
    });
    return { slides, served_by: servedLocally(this.author.provider) };
  }

  async quiz(request: RequestOf<typeof generateQuiz>, signal: AbortSignal): Promise<ReplyInput<typeof generateQuiz>> {
    const document = await this.load(request.document_key);
    const questions = await this.author.quiz(document, request.lesson, { language: request.language, count: request.count, signal });
    return { questions, served_by: servedLocally(this.author.provider) };
  }

  private load(key: string): Promise<Document> {
    return this.blobs.getJson(key, DocumentSchema);
  }
}

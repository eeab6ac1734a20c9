import { Injectable } from '@nestjs/common';
import { BlobStore } from '@tecnocursos/nest-kit';
import { lessonKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import type { LessonFiles } from '../publishing/lesson-texts.js';
import { LessonMaterials } from './lesson-material.service.js';

/** Captions, chapters, transcript and quiz of a lesson, as files beside its video. */
@Injectable()
export class AssembleStep implements StepHandler {
  readonly kind = 'assemble';

  constructor(
    private readonly materials: LessonMaterials,
    private readonly blobs: BlobStore,
  ) {}

  async run(course: StepCourse, { lesson: number }: StepName): Promise<StepResult> {
    const { texts } = await this.materials.of(course, number);
    const put = (file: keyof LessonFiles, text: string, contentType: string): Promise<unknown> =>
      this.blobs.putBytes(lessonKey(course.id, number, file), Buffer.from(text), contentType);
    await Promise.all([
      put('captions', texts.captions_vtt, 'text/vtt'),
      put('chapters', texts.chapters_vtt, 'text/vtt'),
      put('transcript', texts.transcript_markdown, 'text/markdown'),
      put('transcript_json', texts.transcript_json, 'application/json'),
      put('quiz', texts.quiz_json, 'application/json'),
    ]);
    return { output: {} };
  }
}

import { Injectable } from '@nestjs/common';
import { deleteObjects } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { BlobStore } from '@tecnocursos/nest-kit';
import { playerKey, voiceFolder } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { lessonFiles } from '../publishing/lesson-texts.js';
import type { PlayerLesson } from '../publishing/player/player-course.js';
import { renderPlayerPage } from '../publishing/player/player-page.js';
import { LessonMaterials, type LessonMaterial } from './lesson-material.service.js';
import { StepOutputs } from './step-outputs.js';

/** The player page; and the end of the narration's raw audio, which the videos have now. */
@Injectable()
export class PublishStep implements StepHandler {
  readonly kind = 'publish';

  constructor(
    private readonly outputs: StepOutputs,
    private readonly materials: LessonMaterials,
    private readonly blobs: BlobStore,
    private readonly rpc: RpcClient,
  ) {}

  async run(course: StepCourse, _step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { summary, lessons } = await this.outputs.outline(course.id);
    const shown: PlayerLesson[] = [];
    for (const { number } of lessons) shown.push(playerLesson(await this.materials.of(course, number)));
    const page = renderPlayerPage({ id: course.id, title: course.title, language: course.language, summary, lessons: shown });
    await this.blobs.putBytes(playerKey(course.id), Buffer.from(page), 'text/html; charset=utf-8');
    await this.rpc.call(deleteObjects, { folder: voiceFolder(course.id) }, { signal });
    return { output: {} };
  }
}

function playerLesson({ lesson, texts, questions, video }: LessonMaterial): PlayerLesson {
  return {
    number: lesson.number,
    title: lesson.title,
    summary: lesson.summary,
    objectives: lesson.objectives,
    key_terms: lesson.key_terms,
    duration_ms: video.duration_ms,
    width: video.width,
    height: video.height,
    chapters: video.chapters,
    transcript: texts.transcript,
    questions,
    captions_vtt: texts.captions_vtt,
    files: lessonFiles(lesson.number),
  };
}

import { Injectable } from '@nestjs/common';
import { AppError, renderLesson, type RequestInput } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { lessonKey, voiceKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { StepOutputs, type VideoOutput } from './step-outputs.js';

@Injectable()
export class VideoStep implements StepHandler {
  readonly kind = 'video';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { duration_ms, width, height, slides, chapters, warnings, served_by: servedBy } = await this.rpc.call(renderLesson, await this.request(course, step), { signal });
    return { output: { duration_ms, width, height, slides, chapters } satisfies VideoOutput, servedBy, warnings };
  }

  private async request(course: StepCourse, { lesson: number }: StepName): Promise<RequestInput<typeof renderLesson>> {
    const [{ images }, { lesson }, script, voices, background, clips] = await Promise.all([
      this.outputs.extract(course.id),
      this.outputs.lesson(course.id, number),
      this.outputs.script(course.id, number),
      this.outputs.voices(course.id, number),
      this.outputs.background(course.id),
      this.outputs.presenterClips(course.id, number),
    ]);
    const { presenter, effects } = course.options;
    const shown = new Set(script.slides.flatMap((slide) => (slide.kind === 'picture' ? [slide.image_id] : [])));
    return {
      course_title: course.title,
      lesson_number: number,
      lesson_title: lesson.title,
      language: course.language,
      aspect: course.options.aspect,
      theme: course.options.theme,
      effects,
      // Slides without a clip stay without a presenter: a drawn one beside them would be somebody else.
      ...(presenter !== 'none' && clips.length === 0 && { presenter }),
      ...(background !== null && { background }),
      images: images.filter(({ id }) => shown.has(id)),
      slides: script.slides.map((slide, index) => {
        const voice = voices[index];
        const clip = clips.find((candidate) => candidate.slide === index + 1);
        if (!voice) throw new AppError('internal', `Slide ${index + 1} of lesson ${number} has no voice.`);
        return { slide, audio_key: voiceKey(course.id, number, index + 1), duration_ms: Math.max(1, voice.duration_ms), ...(clip && { clip_key: clip.key }) };
      }),
      video_key: lessonKey(course.id, number, 'video'),
      poster_key: lessonKey(course.id, number, 'poster'),
    };
  }
}

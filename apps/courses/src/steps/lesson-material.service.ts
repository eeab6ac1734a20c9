import { Injectable } from '@nestjs/common';
import type { OutlineLesson, QuizQuestion } from '@tecnocursos/contracts';
import type { StepCourse } from '../pipeline/step-handler.port.js';
import { makeLessonTexts, type LessonTexts } from '../publishing/lesson-texts.js';
import { StepOutputs, type VideoOutput } from './step-outputs.js';

export interface LessonMaterial {
  lesson: OutlineLesson;
  texts: LessonTexts;
  questions: QuizQuestion[];
  video: VideoOutput;
}

/** What the earlier steps made of one lesson, put together. */
@Injectable()
export class LessonMaterials {
  constructor(private readonly outputs: StepOutputs) {}

  async of(course: StepCourse, number: number): Promise<LessonMaterial> {
    const [{ lesson }, script, voices, video, { questions }] = await Promise.all([
      this.outputs.lesson(course.id, number),
      this.outputs.script(course.id, number),
      this.outputs.voices(course.id, number),
      this.outputs.video(course.id, number),
      this.outputs.quiz(course.id, number),
    ]);
    const slides = video.slides.map((times, index) => ({
      ...times, title: script.slides[index]?.title ?? lesson.title, words: voices[index]?.words ?? [],
    }));
    const texts = makeLessonTexts({ title: lesson.title, language: course.language, slides, chapters: video.chapters, questions });
    return { lesson, texts, questions, video };
  }
}

import type { Document, Outline, OutlineLesson, QuizQuestion, ReplyOf, renderLesson, Slide, synthesizeSpeech } from '@tecnocursos/contracts';
import { AppError } from '@tecnocursos/contracts';
import { Injectable } from '@nestjs/common';
import { StepRepository } from '../pipeline/step.repository.js';

export type ExtractOutput = Pick<Document, 'images'>;
export type OutlineOutput = Outline;
export interface ScriptOutput {
  slides: Slide[];
}
export interface QuizOutput {
  questions: QuizQuestion[];
}
export type VoiceOutput = Pick<ReplyOf<typeof synthesizeSpeech>, 'audio' | 'duration_ms' | 'words'>;
export type VideoOutput = Pick<ReplyOf<typeof renderLesson>, 'duration_ms' | 'width' | 'height' | 'slides' | 'chapters'>;
/** `key`: the stored picture; null when nothing could be painted. */
export interface BackgroundOutput {
  key: string | null;
}
/** A filmed presenter, and the slide that it is of, from 1. */
export interface PresenterClip {
  key: string;
  slide: number;
}
/** `clips`: none when the presenter is drawn with the slides. */
export interface PresenterOutput {
  clips: PresenterClip[];
}

/** The kept results of earlier steps, by their types. */
@Injectable()
export class StepOutputs {
  constructor(private readonly steps: StepRepository) {}

  async extract(courseId: string): Promise<ExtractOutput> {
    return only(await this.steps.outputs<ExtractOutput>(courseId, 'extract'));
  }
  async outline(courseId: string): Promise<OutlineOutput> {
    return only(await this.steps.outputs<OutlineOutput>(courseId, 'outline'));
  }
  async lesson(courseId: string, number: number): Promise<{ outline: OutlineOutput; lesson: OutlineLesson }> {
    const outline = await this.outline(courseId);
    const lesson = outline.lessons.find((candidate) => candidate.number === number);
    if (!lesson) throw new AppError('internal', `The outline has no lesson ${number}.`);
    return { outline, lesson };
  }
  async script(courseId: string, lesson: number): Promise<ScriptOutput> {
    return only(await this.steps.outputs<ScriptOutput>(courseId, 'script', lesson));
  }
  async quiz(courseId: string, lesson: number): Promise<QuizOutput> {
    return only(await this.steps.outputs<QuizOutput>(courseId, 'quiz', lesson));
  }
  /** In the order of the slides. */
  async voices(courseId: string, lesson: number): Promise<VoiceOutput[]> {
    return (await this.steps.outputs<VoiceOutput>(courseId, 'voice', lesson)).map(({ output }) => output);
  }
  /** Null for courses without one. */
  async background(courseId: string): Promise<string | null> {
    return (await this.steps.outputs<BackgroundOutput>(courseId, 'background'))[0]?.output.key ?? null;
  }
  /** None for courses without a presenter, and for presenters that are drawn. */
  async presenterClips(courseId: string, lesson: number): Promise<PresenterClip[]> {
    return (await this.steps.outputs<PresenterOutput>(courseId, 'presenter', lesson))[0]?.output.clips ?? [];
  }
  async video(courseId: string, lesson: number): Promise<VideoOutput> {
    return only(await this.steps.outputs<VideoOutput>(courseId, 'video', lesson));
  }
}

function only<T>(rows: readonly { output: T }[]): T {
  const [row] = rows;
  if (!row) throw new AppError('internal', 'The result of an earlier step is missing.');
  return row.output;
}

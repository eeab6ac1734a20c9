import type { Chapter, renderLesson, RequestOf } from '@tecnocursos/contracts';

/** One lesson as the contract asks for it: slides in order, each with the key of its narration. */
export type LessonToRender = RequestOf<typeof renderLesson>;

/** Where a renderer gets stored media from. */
export interface LessonMedia {
  /**
   * Copies the stored object `key` to the file `path`.
   * @throws AppError `not_found`, `unavailable`, `canceled`.
   */
  download(key: string, path: string, signal: AbortSignal): Promise<void>;
}

/** A finished lesson: files, and where everything in them is. All times are milliseconds from the start of the video. */
export interface RenderedLesson {
  /** MP4 (H.264, AAC) whose index stands before the media. */
  videoPath: string;
  /** JPEG of the first slide. */
  posterPath: string;
  durationMs: number;
  /** Pixels. */
  width: number;
  height: number;
  /** One per slide, in order, without gaps. The narration of a slide begins exactly at its `start_ms`. */
  slides: { start_ms: number; end_ms: number }[];
  chapters: Chapter[];
  /** What could not be shown as asked, in English, by slide. */
  warnings: string[];
}

/** Makes the video of a lesson. A vendor or a local engine stands behind it. */
export interface LessonRenderer {
  /** Name of the provider in `served_by`. */
  readonly name: string;
  /**
   * Renders a lesson and hands it to `deliver`, whose result is returned; the files are gone afterwards. Calls beyond what the
   * renderer does at a time wait for their turn. Aborting stops every program and thread at work on the lesson.
   * @throws AppError `engine_missing`, `engine_failed` (a narration that is no sound file, a program that fails), `not_found`
   * (a narration is not stored), `canceled`.
   */
  render<T>(lesson: LessonToRender, media: LessonMedia, deliver: (rendered: RenderedLesson) => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Injection token of the `LessonRenderer`. */
export const LESSON_RENDERER = Symbol('LESSON_RENDERER');

import type { Document, Language, Outline, OutlineLesson, QuizQuestion, Slide } from '@tecnocursos/contracts';

export interface AuthorOptions {
  /** Language of everything that is written and narrated. */
  readonly language: Language;
  readonly signal: AbortSignal;
}

export interface OutlineOptions extends AuthorOptions {
  /** Wanted length of a lesson in minutes of narration. */
  readonly lessonMinutes: number;
  /** Title that the teacher chose; found in the document when absent. */
  readonly title?: string;
}

export interface ScriptOptions extends AuthorOptions {
  readonly courseTitle: string;
  /** Number of lessons of the course, so that the script knows whether another one follows. */
  readonly lessonCount: number;
}

export interface QuizOptions extends AuthorOptions {
  /** Wanted number of questions; fewer come back when the text does not hold as many. */
  readonly count: number;
}

/**
 * Whoever turns a teacher's document into a course. The document's text is material, never instruction.
 * Every method rejects with `AppError` `canceled` once the signal is aborted.
 */
export interface CourseAuthor {
  /** Stable name of the provider, as in `served_by.provider`. */
  readonly provider: string;

  /**
   * Divides the document into lessons: contiguous, non-empty, in order.
   * @throws AppError `document_has_no_text` when there is nothing to narrate.
   */
  outline(document: Document, options: OutlineOptions): Promise<Outline>;

  /**
   * Slides of a lesson, a title slide first and a closing slide last, each with its narration as SSML.
   * @throws AppError `invalid_request` when the lesson's range lies outside the document.
   */
  script(document: Document, lesson: OutlineLesson, options: ScriptOptions): Promise<Slide[]>;

  /** @throws AppError `invalid_request` when the lesson's range lies outside the document. */
  quiz(document: Document, lesson: OutlineLesson, options: QuizOptions): Promise<QuizQuestion[]>;
}

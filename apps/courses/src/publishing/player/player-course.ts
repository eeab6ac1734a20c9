import type { Chapter, Language, QuizQuestion } from '@tecnocursos/contracts';
import type { LessonFiles } from '../lesson-texts.js';
import type { TranscriptParagraph } from '../transcript.js';

/** Everything that the player page shows. Times are milliseconds from the start of a lesson's video. */
export interface PlayerCourse {
  /** Keeps one course's progress apart from another's in the reader's browser. */
  id: string;
  title: string;
  language: Language;
  summary: string;
  lessons: readonly PlayerLesson[];
}

export interface PlayerLesson {
  number: number;
  title: string;
  summary: string;
  objectives: readonly string[];
  key_terms: readonly PlayerKeyTerm[];
  duration_ms: number;
  /** Pixels of the video; the frame is reserved before the video is read. */
  width: number;
  height: number;
  chapters: readonly Chapter[];
  transcript: readonly TranscriptParagraph[];
  questions: readonly QuizQuestion[];
  /** Embedded in the page, so that captions need no second request and no CORS. */
  captions_vtt: string;
  /** Relative to the page; see `lessonFiles`. */
  files: LessonFiles;
}

export interface PlayerKeyTerm {
  term: string;
  definition?: string | undefined;
}

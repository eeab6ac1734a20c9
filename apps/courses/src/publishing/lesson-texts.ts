import type { Chapter, Language, QuizQuestion } from '@tecnocursos/contracts';
import { makeCaptions } from './captions.js';
import type { NarratedSlide } from './narration.js';
import { makeTranscript, transcriptMarkdown, type TranscriptFile, type TranscriptParagraph } from './transcript.js';
import { webVtt } from './webvtt.js';

export interface LessonTextsInput {
  title: string;
  language: Language;
  slides: readonly NarratedSlide[];
  chapters: readonly Chapter[];
  questions: readonly QuizQuestion[];
}

/** The content of `quiz.json`. */
export interface QuizFile {
  version: 1;
  title: string;
  language: Language;
  questions: QuizQuestion[];
}

/** The files of a lesson that are text, ready to be stored, and the transcript in the shape that the player embeds. */
export interface LessonTexts {
  captions_vtt: string;
  chapters_vtt: string;
  transcript_markdown: string;
  transcript_json: string;
  quiz_json: string;
  transcript: TranscriptParagraph[];
}

export function makeLessonTexts(lesson: LessonTextsInput): LessonTexts {
  const { title, language } = lesson;
  const transcript = makeTranscript(lesson.slides);
  const transcriptFile: TranscriptFile = { version: 1, title, language, paragraphs: transcript };
  const quizFile: QuizFile = { version: 1, title, language, questions: [...lesson.questions] };
  return {
    captions_vtt: webVtt(makeCaptions(lesson.slides)),
    chapters_vtt: chaptersVtt(lesson.chapters),
    transcript_markdown: transcriptMarkdown(title, transcript),
    transcript_json: `${JSON.stringify(transcriptFile, null, 2)}\n`,
    quiz_json: `${JSON.stringify(quizFile, null, 2)}\n`,
    transcript,
  };
}

export function chaptersVtt(chapters: readonly Chapter[]): string {
  return webVtt(
    chapters.map((chapter, index) => ({
      id: `chapter-${index + 1}`,
      start_ms: chapter.start_ms,
      end_ms: chapter.end_ms,
      text: chapter.title,
    })),
  );
}

/** Names of a lesson's files, relative to the folder that holds the player page. */
export interface LessonFiles {
  video: string;
  poster: string;
  captions: string;
  chapters: string;
  transcript: string;
  transcript_json: string;
  quiz: string;
}

export function lessonFiles(lessonNumber: number): LessonFiles {
  const folder = `lesson-${String(lessonNumber).padStart(2, '0')}`;
  return {
    video: `${folder}/video.mp4`,
    poster: `${folder}/poster.jpg`,
    captions: `${folder}/captions.vtt`,
    chapters: `${folder}/chapters.vtt`,
    transcript: `${folder}/transcript.md`,
    transcript_json: `${folder}/transcript.json`,
    quiz: `${folder}/quiz.json`,
  };
}

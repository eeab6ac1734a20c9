import { AppError, type Document, type Outline, type OutlineLesson, type QuizQuestion, type Slide } from '@tecnocursos/contracts';
import { assertInside } from '../../operations/lesson-range.js';
import type { AuthorOptions, CourseAuthor, OutlineOptions, QuizOptions, ScriptOptions } from '../../ports/course-author.port.js';
import { writeOutline } from './outline/outline-writer.js';
import { writeQuiz } from './quiz/quiz-writer.js';
import { writeScript } from './script/script-writer.js';

/** Writes courses by analysing the text: no model, no network, the same answer every time. */
export class LocalCourseAuthor implements CourseAuthor {
  readonly provider = 'local';

  async outline(document: Document, options: OutlineOptions): Promise<Outline> {
    return run(options, () => writeOutline(document, options.language, options.lessonMinutes, options.title));
  }

  async script(document: Document, lesson: OutlineLesson, options: ScriptOptions): Promise<Slide[]> {
    assertInside(document, lesson);
    return run(options, () => writeScript(document, lesson, { title: options.courseTitle, lessonCount: options.lessonCount }, options.language));
  }

  async quiz(document: Document, lesson: OutlineLesson, options: QuizOptions): Promise<QuizQuestion[]> {
    assertInside(document, lesson);
    return run(options, () => writeQuiz(document, lesson, options.language, options.count));
  }
}

async function run<T>({ signal }: AuthorOptions, write: () => T): Promise<T> {
  if (signal.aborted) throw new AppError('canceled', 'The caller gave up.');
  return write();
}

import type { QuizQuestion } from '@tecnocursos/contracts';
import type { Findings } from '../findings.js';
import type { QuizDraft } from './quiz.prompt.js';

/** The draft as questions: one right option each, which is there; options that differ; no question twice. */
export function senseQuiz(draft: QuizDraft, count: number, findings: Findings): QuizQuestion[] {
  const prompts = new Set<string>();
  draft.questions.forEach((question, index) => {
    const where = `questions.${index}`;
    if (question.answer_index >= question.options.length) findings.problem(`${where}.answer_index: there are ${question.options.length} options, counted from 0.`);
    if (new Set(question.options.map(sameText)).size < question.options.length) findings.problem(`${where}.options: two options are the same.`);
    if (question.kind === 'true_false' && question.options.length !== 2) findings.problem(`${where}.options: a question of the kind true_false has two.`);
    if (prompts.has(sameText(question.prompt))) findings.problem(`${where}.prompt: the same question stands before.`);
    prompts.add(sameText(question.prompt));
  });
  if (draft.questions.length > count) findings.warn(`The model wrote ${draft.questions.length} questions; the first ${count} were kept.`);
  return draft.questions.slice(0, count).map((question, index) => ({ id: questionId(index), ...question }));
}

const sameText = (text: string): string => text.toLowerCase().replaceAll(/[\s.!?…]+/gu, ' ').trim();
const questionId = (index: number): string => `q${index + 1}`;

/** Questions on the parts of a lesson in turn, so that each part is asked about, numbered anew. */
export function mergeQuizzes(quizzes: readonly QuizQuestion[][], count: number): QuizQuestion[] {
  const longest = Math.max(0, ...quizzes.map((quiz) => quiz.length));
  const inTurn = Array.from({ length: longest }, (_, place) => quizzes.flatMap((quiz) => quiz[place] ?? [])).flat();
  return inTurn.slice(0, count).map((question, index) => ({ ...question, id: questionId(index) }));
}

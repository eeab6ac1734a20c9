import type { QuizQuestion } from '@tecnocursos/contracts';

/** A question before its options are in order. `position` is where its sentence stands in the lesson. */
export interface QuestionDraft {
  readonly kind: QuizQuestion['kind'];
  readonly prompt: string;
  readonly answer: string;
  readonly distractors: readonly string[];
  readonly explanation: string;
  readonly position: number;
  /** Sentence and term that no other question may use. */
  readonly source: string;
  readonly subject: string;
  /** Options that have an order of their own, such as true before false. */
  readonly fixedOrder?: readonly string[];
}

import type { Document, Language, OutlineLesson, QuizQuestion } from '@tecnocursos/contracts';
import { clozeQuestions } from './cloze-questions.js';
import { definitionQuestions } from './definition-questions.js';
import type { QuestionDraft } from './question-draft.js';
import { quizContext } from './quiz-context.js';
import { tableQuestions } from './table-questions.js';
import { shuffled, textHash } from './text-hash.js';
import { trueFalseQuestions } from './true-false-questions.js';

/** Shares of the kinds in a quiz; what one cannot give, the others do. */
const DEFINITION_SHARE = 0.4;
const TRUE_FALSE_SHARE = 0.2;

export function writeQuiz(document: Document, lesson: OutlineLesson, language: Language, count: number): QuizQuestion[] {
  const context = quizContext(document, lesson, language);
  const chosen = new ChosenQuestions(count);
  const definitions = definitionQuestions(context);
  const clozes = clozeQuestions(context);
  const statements = trueFalseQuestions(context);
  const trueFalseCount = Math.floor(count * TRUE_FALSE_SHARE);
  chosen.take(definitions, Math.round(count * DEFINITION_SHARE));
  chosen.take(clozes, count - trueFalseCount - chosen.size);
  chosen.take(statements, trueFalseCount);
  for (const rest of [clozes, definitions, tableQuestions(context), statements]) chosen.take(rest, count);
  return chosen.inOrder().map((draft, index) => toQuestion(draft, index, lesson));
}

class ChosenQuestions {
  private readonly drafts: QuestionDraft[] = [];
  private readonly sources = new Set<string>();
  private readonly subjects = new Set<string>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.drafts.length;
  }

  /** Up to `most` of the questions; none about a sentence or a term that another asks for. */
  take(candidates: readonly QuestionDraft[], most: number): void {
    let taken = 0;
    for (const draft of candidates) {
      if (taken >= most || this.drafts.length >= this.limit) return;
      if (this.sources.has(draft.source) || this.subjects.has(draft.subject)) continue;
      this.sources.add(draft.source);
      this.subjects.add(draft.subject);
      this.drafts.push(draft);
      taken += 1;
    }
  }

  inOrder(): QuestionDraft[] {
    return [...this.drafts].sort((one, other) => one.position - other.position);
  }
}

/** The right answer's place moves on from question to question, from a start that the lesson's text decides. */
function toQuestion(draft: QuestionDraft, index: number, lesson: OutlineLesson): QuizQuestion {
  const options = draft.fixedOrder ?? placed(draft, textHash(lesson.title) + index * 3);
  return {
    id: `lesson-${lesson.number}-question-${index + 1}`,
    kind: draft.kind,
    prompt: draft.prompt,
    options: [...options],
    answer_index: options.indexOf(draft.answer),
    explanation: draft.explanation,
  };
}

function placed({ answer, distractors, prompt }: QuestionDraft, turn: number): string[] {
  const others = shuffled([...new Set(distractors)].filter((option) => option !== answer), prompt);
  const place = turn % (others.length + 1);
  return [...others.slice(0, place), answer, ...others.slice(place)];
}

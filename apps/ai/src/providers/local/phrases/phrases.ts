import type { Language } from '@tecnocursos/contracts';
import { ENGLISH_PHRASES } from './english-phrases.js';
import { PORTUGUESE_PHRASES } from './portuguese-phrases.js';

/** What a teacher says between the sentences of the document. Lists of phrases are used in turn. */
export interface Phrases {
  lessonName(number: number): string;
  partName(title: string, part: number): string;
  /** A lesson of more subjects than its title can name. */
  andMore(titles: readonly string[]): string;
  continued(title: string): string;
  readonly recapTitle: string;
  readonly objectivesTitle: string;

  /** Spoken at the start of a course, of a course of one lesson, and of a later lesson. */
  welcomeToCourse(course: string, lesson: string): readonly string[];
  welcomeToSingleLesson(lesson: string): readonly string[];
  welcomeToLesson(number: number, lesson: string): readonly string[];
  topics(topics: readonly string[]): string;
  /** Announces the parts of a chapter. */
  parts(topics: readonly string[]): string;
  goals(objectives: readonly string[]): string;

  /** `topic` stands inside the sentence, with its article. */
  readonly firstTopic: readonly ((topic: string) => string)[];
  readonly nextTopic: readonly ((topic: string) => string)[];
  /** `question` is an indirect one: "o que é fotossíntese". */
  readonly firstQuestion: readonly ((question: string) => string)[];
  readonly nextQuestion: readonly ((question: string) => string)[];
  /** For titles that no sentence can hold. */
  readonly nextTitle: readonly ((title: string) => string)[];
  readonly resume: readonly string[];

  readonly picture: readonly string[];
  pictureOf(caption: string): string;
  pictureShows(description: string): string;
  readonly onScreen: readonly string[];

  tableColumns(firstColumn: string, others: readonly string[]): string;
  readonly tableOnly: string;
  tableRows(count: number, first: string, last: string): string;
  readonly tableContinued: string;
  readonly tableTitle: string;
  code(language: string | undefined, names: readonly string[]): string;
  codeTitle(language: string | undefined): string;
  declaration(kind: 'function' | 'class' | 'table', name: string): string;
  readonly formulaTitle: string;
  formula(written: string): string;
  readonly codeContinued: string;
  ordinal(index: number): string;

  readonly closing: readonly string[];
  seen(topics: readonly string[]): string;
  readonly quiz: readonly string[];
  readonly nextLesson: readonly string[];
  readonly lastLesson: readonly string[];

  /** A title as an objective: a verb and what it is about. `article` is the one that the text uses with the title, if any. */
  objective(title: string, inline: string, article: string | undefined, turn: number): string;
  /** "Explicar o que é a clorofila". */
  objectiveOfDefinition(term: string, article: string | undefined, plural: boolean): string;
  /** A title that asks something, as an indirect question; undefined for other titles. */
  question(title: string): string | undefined;
  /** A title with its article, for use inside a sentence; undefined for titles that are sentences. */
  topic(title: string, inline: string, article: string | undefined): string | undefined;

  readonly quizTexts: QuizTexts;
}

export interface QuizTexts {
  cloze(sentence: string): string;
  definition(term: string, plural: boolean, article: string): string;
  termOf(definition: string): string;
  trueFalse(sentence: string): string;
  tableCell(column: string, row: string): string;
  readonly yes: string;
  readonly no: string;
  explanation(sentence: string): string;
  explanationOfFalse(sentence: string): string;
}

const PHRASES: Readonly<Record<Language, Phrases>> = { 'pt-BR': PORTUGUESE_PHRASES, en: ENGLISH_PHRASES };

export const phrasesOf = (language: Language): Phrases => PHRASES[language];

export const inTurn = <T>(list: readonly [T, ...T[]] | readonly T[], turn: number): T => {
  const item = list[turn % list.length];
  if (item === undefined) throw new RangeError('There is no phrase to choose.');
  return item;
};

import { condense } from '../text/condense.js';
import { glossaryText, type Definition } from '../text/definitions.js';
import type { RankedTerm } from '../text/key-terms.js';
import { capitalized, contentStems } from '../text/words.js';
import { shuffled } from './text-hash.js';
import type { QuestionDraft } from './question-draft.js';
import type { QuizContext, QuizSentence } from './quiz-context.js';
import { rivals } from './term-match.js';

const LONGEST_OPTION = 150;
const DISTRACTORS = 3;

type DefiningSentence = QuizSentence & { readonly definition: Definition };

/** What a term is, among the definitions of other terms; or which term a definition is of, when there are few definitions. */
export function definitionQuestions(context: QuizContext): QuestionDraft[] {
  const defining = context.sentences.filter((sentence): sentence is DefiningSentence => sentence.definition !== undefined);
  return defining.flatMap((sentence) => whatIs(sentence, defining, context) ?? whichTerm(sentence, context) ?? []);
}

function whatIs(sentence: DefiningSentence, all: readonly DefiningSentence[], context: QuizContext): QuestionDraft | undefined {
  const { definition } = sentence;
  const plural = isPluralVerb(definition);
  const others = all
    .filter((other) => other !== sentence && isPluralVerb(other.definition) === plural && !sharesTerm(other.definition, definition, context))
    .map((other) => option(other.definition, context));
  const distractors = shuffled([...new Set(others)], sentence.text).slice(0, DISTRACTORS);
  if (distractors.length < DISTRACTORS) return undefined;
  return { ...draftOf(sentence, context), prompt: context.phrases.definition(inlineTerm(definition, context), plural, articleOf(definition)), answer: option(definition, context), distractors };
}

function whichTerm(sentence: DefiningSentence, context: QuizContext): QuestionDraft | undefined {
  const { definition } = sentence;
  const answer = context.terms.find((term) => term.definition?.sentence === definition.sentence);
  const text = option(definition, context);
  if (!answer || sharesStem(answer, text, context)) return undefined;
  const distractors = rivals(answer, sentence, context).slice(0, DISTRACTORS).map(({ display }) => display);
  if (distractors.length < 2) return undefined;
  return { ...draftOf(sentence, context), prompt: context.phrases.termOf(text), answer: answer.display, distractors };
}

function draftOf(sentence: DefiningSentence, context: QuizContext): Omit<QuestionDraft, 'prompt' | 'answer' | 'distractors'> {
  return {
    kind: 'definition',
    explanation: context.phrases.explanation(sentence.text),
    position: sentence.position,
    source: sentence.text,
    subject: contentStems(sentence.definition.term, context.text).join(' '),
  };
}

const option = (definition: Definition, context: QuizContext): string => capitalized(condense(glossaryText(definition), context.text, LONGEST_OPTION));
const isPluralVerb = ({ verb }: Definition): boolean => /^(?:são|are|consistem|referem|correspondem|significam|designam|denominam|refer|mean|denote|consist)(?!\p{L})/u.test(verb);
const articleOf = ({ article }: Definition): string => (/^(?:o|a|os|as|um|uma|the|an)$/.test(article) ? article : '');

function inlineTerm({ term, article }: Definition, context: QuizContext): string {
  if (article !== '') return term;
  const known = context.terms.find(({ display }) => display.toLowerCase() === term.toLowerCase());
  return known?.inline ?? term;
}

const sharesTerm = (one: Definition, other: Definition, { text }: QuizContext): boolean => {
  const stems = contentStems(one.term, text);
  return contentStems(other.term, text).some((stem) => stems.includes(stem));
};

const sharesStem = (term: RankedTerm, definition: string, { text }: QuizContext): boolean => contentStems(definition, text).some((stem) => term.stems.includes(stem));

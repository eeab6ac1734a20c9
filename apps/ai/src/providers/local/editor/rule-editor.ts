import type { ContentAnalysis, ImprovedText, ImproveGoal, Language } from '@tecnocursos/contracts';
import type { TextEditor } from '../../../ports/text-editor.port.js';
import { TermIndex, type TermSource } from '../text/key-terms.js';
import { splitSentences } from '../text/sentences.js';
import { shortTitle } from '../text/headings.js';
import { textLanguage } from '../text/text-language.js';
import { isContentWord, tokenize } from '../text/words.js';
import { correctText } from './correct-text.js';
import { entitiesIn } from './entities.js';
import { measuresOf } from './readability.js';
import { sentimentOf } from './sentiment.js';
import { languageOf } from './text-language-guess.js';
import { unfitCategories } from './unfit-words.js';

const KEYWORDS = 20;
const TOPICS = 6;
const TAGS = 8;
const DESCRIPTION_LIMIT = 300;
const LEVEL_FROM = { basic: 60, intermediate: 35 } as const;

/** Improves and analyses texts by rules and word lists: no model, no network, the same answer every time. */
export class RuleEditor implements TextEditor {
  improve(text: string, { language, goals }: { readonly language: Language; readonly goals: readonly ImproveGoal[] }): { readonly improved: ImprovedText; readonly warnings: readonly string[] } {
    const beyond = goals.filter((goal) => goal === 'tone' || goal === 'level');
    const warnings = beyond.map((goal) => `The local engine corrects by rules and cannot change the ${goal}: the goal "${goal}" had no effect.`);
    return { improved: correctText(text, language, goals), warnings };
  }

  analyze(text: string, options: { readonly language?: Language }): ContentAnalysis {
    const language = options.language ?? languageOf(text);
    const measures = measuresOf(text, language);
    const terms = termsOf(text, language);
    const categories = unfitCategories(text);
    const { score } = measures.readability;
    return {
      language,
      level: score >= LEVEL_FROM.basic ? 'basic' : score >= LEVEL_FROM.intermediate ? 'intermediate' : 'advanced',
      ...measures,
      topics: terms.slice(0, TOPICS).map(({ display }) => display),
      keywords: terms.map(({ inline }) => inline),
      entities: entitiesIn(text),
      sentiment: sentimentOf(text, language),
      metadata: { title: titleOf(text, language), description: descriptionOf(text, language), tags: terms.slice(0, TAGS).map(({ inline }) => inline.toLowerCase()) },
      moderation: { flagged: categories.length > 0, categories },
    };
  }
}

type Term = { readonly inline: string; readonly display: string };

/** Key terms; of a text too short to have any, its commonest words. */
function termsOf(text: string, language: Language): Term[] {
  const sources = text.split(/\n+/).flatMap((line, part): TermSource[] => {
    const heading = /^\s*#{1,6}\s+(.+)$/.exec(line)?.[1];
    return heading === undefined ? splitSentences(line, language).map((sentence) => ({ text: sentence, kind: 'prose', part })) : [{ text: heading, kind: 'heading', part }];
  });
  const ranked = new TermIndex(sources, textLanguage(language)).rank(new Set(sources.map(({ part }) => part)), KEYWORDS);
  return ranked.length > 0 ? ranked : commonWords(text, language);
}

function commonWords(text: string, language: Language): Term[] {
  const counts = new Map<string, number>();
  for (const { lower } of tokenize(text)) if (isContentWord(lower, textLanguage(language))) counts.set(lower, (counts.get(lower) ?? 0) + 1);
  return [...counts].sort(([one, countOne], [other, countOther]) => countOther - countOne || one.localeCompare(other)).slice(0, TOPICS).map(([word]) => ({ inline: word, display: word }));
}

function titleOf(text: string, language: Language): string {
  const first = text.split('\n').find((line) => /[\p{L}\p{N}]/u.test(line)) ?? text;
  const heading = first.replace(/^[\s#>*-]+/, '');
  return shortTitle(splitSentences(heading, language)[0] ?? heading.trim(), 100).replace(/\.$/, '');
}

function descriptionOf(text: string, language: Language): string {
  const sentences = text.split('\n').filter((line) => !/^\s*#/.test(line)).flatMap((line) => splitSentences(line, language));
  let description = '';
  for (const sentence of sentences) {
    if (description.length + sentence.length > DESCRIPTION_LIMIT) break;
    description += `${description === '' ? '' : ' '}${sentence}`;
  }
  return description === '' ? shortTitle(sentences[0] ?? '', DESCRIPTION_LIMIT) : description;
}

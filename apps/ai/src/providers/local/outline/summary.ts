import type { Language } from '@tecnocursos/contracts';
import { paragraphSentences, proseSentences } from '../document/prose.js';
import type { Section } from '../document/sections.js';
import { findDefinition } from '../text/definitions.js';
import { bestInOrder, rankSentences } from '../text/sentence-ranking.js';
import { textLanguage } from '../text/text-language.js';
import { capitalized, closed, countWords } from '../text/words.js';

const LONGEST_SENTENCE = 260;
/** The document's summary looks at the first sentences of every section only. */
const LEADS_OF_SECTION = 3;
const FIRST_SENTENCE_BONUS = 1.25;
const DEFINITION_BONUS = 1.3;

/** The two or three most central sentences, in order. */
export function summarize(sections: readonly Section[], language: Language, count: number): string {
  const candidates = sections.flatMap((section) => sectionCandidates(section, language));
  const scores = rankSentences(candidates.map(({ sentence }) => sentence), textLanguage(language))
    .map((score, index) => score * (candidates[index]?.isFirst === true ? FIRST_SENTENCE_BONUS : 1) * (findDefinition(candidates[index]?.sentence ?? '', textLanguage(language)) ? DEFINITION_BONUS : 1));
  return bestInOrder(scores, count).map((index) => closed(candidates[index]?.sentence ?? '')).join(' ');
}

/** Only the leads of each section, for documents of any length. */
export function summarizeLeads(sections: readonly Section[], language: Language, count: number): string {
  const leads = sections.map((section) => ({ ...section, blocks: section.blocks.slice(0, LEADS_OF_SECTION) }));
  return summarize(leads, language, count);
}

function sectionCandidates({ blocks }: Section, language: Language): { sentence: string; isFirst: boolean }[] {
  const { pointsBack, leadIn } = textLanguage(language);
  const paragraphs = paragraphSentences(blocks, language);
  const sentences = paragraphs.length > 0 ? paragraphs : proseSentences(blocks, language);
  return sentences
    .map((sentence, index) => ({ sentence: capitalized(sentence.replace(leadIn, '')), isFirst: index === 0 }))
    .filter(({ sentence }) => sentence.length <= LONGEST_SENTENCE && countWords(sentence) >= 5 && !pointsBack.test(sentence) && !/[:?]$/.test(sentence));
}

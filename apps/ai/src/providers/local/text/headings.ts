import { oneLine } from './sentences.js';
import type { TextLanguage } from './text-language.js';
import { capitalized } from './words.js';

/** A heading as a title: without its number, in normal case. */
export function cleanTitle(heading: string, language: TextLanguage): string {
  const line = oneLine(heading);
  const unlabelled = line.replace(language.headingLabel, '').replace(/[\s:;,–—-]+$/u, '').replace(/(?<!\.)\.$/, '');
  const title = unlabelled === '' ? line : unlabelled;
  return capitalized(isShouted(title) ? title.toLowerCase() : title);
}

const isShouted = (text: string): boolean => text === text.toUpperCase() && (text.match(/\p{Lu}/gu)?.length ?? 0) > 6;

export const isSkippedHeading = (heading: string, language: TextLanguage): boolean => language.skippedHeading.test(oneLine(heading).replace(language.headingLabel, '').replace(/[:.]$/, ''));

export const isGenericTitle = (title: string, language: TextLanguage): boolean => language.genericHeading.test(title);

/** Endings of nouns that are no names, however often the text writes them with a capital inside one. */
const COMMON_NOUN = /(?:ção|ções|mento|mentos|dade|dades|ismo|agem|ência|ância|são|tion|tions|ment|ness|ity|ism)$/u;

/** What is known of words from the running text. */
export interface WordKnowledge {
  isProperName(lower: string): boolean;
  isCommonWord(lower: string): boolean;
}

/** A title in the middle of a sentence: "Fase clara" → "fase clara", "DNA" and "Brasil" as they are. */
export function inSentence(title: string, knowledge: WordKnowledge): string {
  let isFirst = true;
  return title.replaceAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}₀-₉'’-]*/gu, (word) => {
    const lowered = word.toLowerCase();
    const keeps = word === 'I' || word.slice(1) !== word.slice(1).toLowerCase() || /^\p{Lu}\d/u.test(word) || (isFirst ? isName(lowered, knowledge) : !knowledge.isCommonWord(lowered));
    isFirst = false;
    return keeps ? word : lowered;
  });
}

const isName = (lower: string, knowledge: WordKnowledge): boolean => knowledge.isProperName(lower) && !COMMON_NOUN.test(lower);

/** Longer titles are cut at a joint: a slide has room for about two lines. */
export function shortTitle(title: string, limit = 80): string {
  if (title.length <= limit) return title;
  const [head = title] = title.split(/\s*(?::|\s[–—-]\s|;|\(|\?)\s*/u);
  if (head.length >= 8 && head.length <= limit) return head;
  const cut = title.slice(0, limit - 1).replace(/\s+\S*$/u, '').replace(/\s+(?:d[aeo]s?|e|a|o|as|os|em|n[ao]s?|para|com|the|of|and|in|to|for|with|an?)$/iu, '');
  return `${cut.replace(/[,;:–—-]+$/u, '')}…`;
}

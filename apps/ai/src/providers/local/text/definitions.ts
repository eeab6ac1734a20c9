import type { TextLanguage } from './text-language.js';
import { capitalized, tokenize } from './words.js';

export interface Definition {
  /** The defined term without its article, as it stands in the sentence. */
  readonly term: string;
  readonly article: string;
  readonly verb: string;
  /** What the term is, with the article: "o processo pelo qual …", without a full stop. */
  readonly definition: string;
  readonly sentence: string;
}

const MOST_TERM_WORDS = 5;

/** "A clorofila é um pigmento …", "Photosynthesis refers to …": who is defined, and how. */
export function findDefinition(sentence: string, language: TextLanguage): Definition | undefined {
  const subject = sentence.trim();
  if (language.leadIn.test(subject)) return undefined;
  for (const pattern of language.definitions) {
    const groups = pattern.exec(subject)?.groups;
    const term = groups?.['term'];
    if (groups === undefined || term === undefined || !isTerm(subject, term, language)) continue;
    const definition = (groups['definition'] ?? '').replace(/;\s.*$/u, '').replace(/[.;:!]+$/u, '');
    return { term, article: articleBefore(subject, term), verb: groups['verb'] ?? '', definition, sentence };
  }
  return undefined;
}

function isTerm(sentence: string, term: string, language: TextLanguage): boolean {
  if (language.notDefinable.test(term) || language.introduction.test(sentence) && /^[^,]*,/.test(term)) return false;
  const words = tokenize(term);
  const last = words.at(-1)?.lower ?? '';
  if (words.length > MOST_TERM_WORDS || language.danglingWords.has(last) || language.adverbEnding.test(last)) return false;
  if (language.prepositions.has(words[0]?.lower ?? '')) return false;
  return words.some(({ lower }) => !language.stopWords.has(lower) && !language.genericWords.has(lower));
}

const articleBefore = (sentence: string, term: string): string => sentence.slice(0, sentence.indexOf(term)).trim().toLowerCase();

/** The definition as a glossary has it: "Processo pelo qual …". */
export function glossaryText({ definition }: Definition): string {
  const bare = definition.replace(/^(?:o|a|os|as|um|uma|uns|umas|the|an)\s(?=\p{L}{3})/iu, '').replace(/^a\s(?=\p{L}{3})/iu, '');
  return capitalized(bare);
}

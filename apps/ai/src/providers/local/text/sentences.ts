import type { Language } from '@tecnocursos/contracts';
import { textLanguage, type TextLanguage } from './text-language.js';

const SEGMENTERS: Readonly<Record<Language, Intl.Segmenter>> = {
  'pt-BR': new Intl.Segmenter('pt-BR', { granularity: 'sentence' }),
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
};
/** An unclosed bracket joins sentences no further than this many characters. */
const LONGEST_JOINED = 700;
const LONGEST_SENTENCE = 900;

export const oneLine = (text: string): string => text.toWellFormed().replaceAll(/[\s\p{Cc}\u00ad]+/gu, ' ').trim();

/** Sentences of a paragraph: complete, in order, white space made single. */
export function splitSentences(paragraph: string, language: Language): string[] {
  const text = textLanguage(language);
  const sentences: string[] = [];
  for (const { segment } of SEGMENTERS[language].segment(oneLine(paragraph))) {
    const previous = sentences.at(-1);
    if (previous !== undefined && belongTogether(previous, segment, text)) sentences[sentences.length - 1] = previous + segment;
    else sentences.push(segment);
  }
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '').flatMap(inSpeakableParts);
}

/** Text without full stops (a list flattened, a column of words) is parted where a voice can rest. */
function inSpeakableParts(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > LONGEST_SENTENCE) {
    const window = rest.slice(0, LONGEST_SENTENCE);
    const joint = Math.max(window.lastIndexOf('; '), window.lastIndexOf(', '), window.lastIndexOf(': '));
    const end = joint > LONGEST_SENTENCE / 2 ? joint + 1 : window.lastIndexOf(' ') > 0 ? window.lastIndexOf(' ') : LONGEST_SENTENCE;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

function belongTogether(before: string, after: string, text: TextLanguage): boolean {
  if (before.length > LONGEST_JOINED * 3) return false;
  if (!/\s$/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) return true; // inside a URL: a sentence ends before white space
  if (/^[\p{Ll}\s,;)\]”»]/u.test(after) && !/[!?]["”»)]?\s*$/u.test(before)) return true;
  if (/^[)\]”»"'.…]+\s*$/u.test(after)) return true;
  if (before.length < LONGEST_JOINED && openBrackets(before) > 0) return true;
  return endsInAbbreviation(before.trim(), after, text);
}

function openBrackets(text: string): number {
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
  }
  return depth;
}

function endsInAbbreviation(before: string, after: string, text: TextLanguage): boolean {
  const word = /(\S+)\.$/u.exec(before)?.[1]?.replace(/^[("“'[]+/u, '') ?? '';
  if (word === '') return false;
  if (/^(?:\d{1,3}|[a-z]|[IVX]+)$/.test(word) && before.length <= word.length + 1) return true;
  if (/^\p{Lu}$/u.test(word)) return isInitial(before);
  const bare = word.toLowerCase();
  if (text.closingAbbreviations.has(bare)) return false;
  // "p. ex." comes as two words.
  return text.abbreviations.has(bare) && !(bare === 'ex' && !/(?:^|\s)p\.\s?ex\.$/iu.test(before) && /^\p{Lu}/u.test(after));
}

/** "J. Silva" and "Machado J. de Assis", but not "vitamina C." */
const isInitial = (before: string): boolean => /(?:^|(?:\p{Lu}\p{Ll}*\.?|d[aeo]s?)\s)\p{Lu}\.$/u.test(before);

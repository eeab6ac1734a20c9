import { WORD_END, WORD_START, type SpeechContext, type SpeechRuleFactory } from '../speech-rule.js';
import { spell } from '../spell.js';
import type { SpokenLanguage } from '../spoken-language.js';

const MOST_LETTERS = 6;

/** Acronyms are said as words where a tongue can, else letter by letter; so are codes such as "MP4". */
export const acronymRules: SpeechRuleFactory = (language) => [
  {
    name: 'code',
    pattern: new RegExp(`${WORD_START}\\p{Lu}{1,4}\\d{1,4}${WORD_END}`, 'gu'),
    speak: ([written]) => spell(written, language),
  },
  {
    name: 'acronym',
    pattern: new RegExp(`${WORD_START}\\p{Lu}{2,${MOST_LETTERS}}(s)?${WORD_END}`, 'gu'),
    speak: (match, context) => (isShouted(match, context) ? undefined : speakAcronym(match[0], language)),
  },
];

function speakAcronym(written: string, language: SpokenLanguage): string | undefined {
  const plural = written.endsWith('s') ? 's' : '';
  const letters = plural === '' ? written : written.slice(0, -1);
  const known = language.acronyms[letters];
  if (known !== undefined && known !== 'spell') return known + plural;
  if (known === undefined && isPronounceable(letters)) return plural === '' && letters.length > 4 ? undefined : letters.charAt(0) + letters.slice(1).toLowerCase() + plural;
  return /^[A-Z]+$/.test(letters) ? spell(letters, language) + plural : undefined;
}

/** Vowels and consonants in turn, as in NASA, ONU, UNESCO: no cluster that begins or ends a word, nor three consonants. */
export function isPronounceable(letters: string): boolean {
  const shape = letters.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  if (shape.length < 3 || !/^[A-Z]+$/.test(shape)) return !/^[A-Z]+$/.test(shape);
  if (!/[AEIOU]/.test(shape) || /^[AEIOU]+$/.test(shape)) return false;
  return !/^(?![BCDFGPT][RL])[^AEIOU]{2}|[^AEIOU]{3}|[^AEIOU][^AEIOU]$|[BCDFGHJKPQTVWY]$|[BDFGJKPQTV](?![AEIOURL])/.test(shape);
}

/** A line in capitals has no acronyms that one could tell. */
function isShouted(match: RegExpExecArray, { text }: SpeechContext): boolean {
  const around = text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40).replace(match[0], ' ');
  const words = around.match(/\p{L}{2,}/gu) ?? [];
  const shouted = words.filter((word) => word === word.toUpperCase());
  return shouted.some((word) => word.length > MOST_LETTERS) || (shouted.length > 2 && shouted.length === words.length);
}

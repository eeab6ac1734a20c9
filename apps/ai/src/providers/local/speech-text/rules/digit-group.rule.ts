import { speakDigits } from '../numerals.js';
import { WORD_END, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';

const PHONE = '(?:\\+\\d{1,3}\\s?)?\\(\\d{2,3}\\)\\s?\\d{3,5}[-\\s]\\d{4}|\\+\\d{1,3}(?:[\\s-]\\d{2,5}){2,4}|\\d{4,5}-\\d{4}|\\d{3}-\\d{3}-\\d{4}|0800[\\s-]\\d{3}[\\s-]?\\d{4}';
const CPF = '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}';
const CNPJ = '\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}';
const CEP = '\\d{5}-\\d{3}';
const SOCIAL_SECURITY = '\\d{3}-\\d{2}-\\d{4}';

/** Identifiers and telephone numbers: digit by digit, with a comma's rest between the groups. */
export const digitGroupRules: SpeechRuleFactory = (language) => [
  {
    name: 'digit-groups',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}_.,])(?:${CNPJ}|${CPF}|${PHONE}|${CEP}|${SOCIAL_SECURITY})${WORD_END}`, 'gu'),
    speak: ([written]) => (isYearRange(written) ? undefined : written.match(/\d+/g)?.map((group) => speakDigits(group, language)).join(', ')),
  },
  {
    name: 'version',
    pattern: new RegExp(`${WORD_START}(?<!\\d[.,])(?!\\d{1,3}(?:\\.\\d{3})+(?!\\.?\\d))\\d+(?:\\.\\d+){2,}${WORD_END}`, 'gu'),
    speak: ([written]) => written.split('.').map((part) => language.cardinal(BigInt(part), 'masculine')).join(` ${language.words.dot} `),
  },
];

const isYearRange = (written: string): boolean => /^(?:1[0-9]|20)\d{2}-(?:1[0-9]|20)\d{2}$/.test(written);

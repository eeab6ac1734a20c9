import type { SpeechRuleFactory } from '../speech-rule.js';
import { englishDecade } from '../english/english-numbers.js';

export const ordinalRules: SpeechRuleFactory = (language) => [
  {
    name: 'ordinal',
    pattern: language.ordinalPattern,
    speak: ([, number, mark, other]) => language.ordinal(Number(number ?? other), mark === 'ª' ? 'feminine' : 'masculine'),
  },
  ...(language.language === 'en'
    ? [{ name: 'decade', pattern: /(?<![\p{L}\p{N}])((?:1[1-9]|20)\d0)'?s(?![\p{L}\p{N}])/gu, speak: ([, decade]: RegExpExecArray) => englishDecade(Number(decade)) }]
    : []),
];

import { numberSource, SIGN, speakNumber } from '../numerals.js';
import { followingText, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';

const NOT_BEFORE = '(?![\\p{L}\\p{N}_]|[.,]\\d)';

export const numberRules: SpeechRuleFactory = (language) => {
  const number = numberSource(language);
  return [
    {
      name: 'range',
      pattern: new RegExp(`${WORD_START}(?<!\\d[.,/-])(${number})\\s?(?:–|—|(?<!\\s)-(?!\\s))\\s?(${number})${NOT_BEFORE}(?!-)`, 'gu'),
      speak: (match, context) => {
        const gender = language.genderFromContext(followingText(match, context));
        return `${speakNumber(match[1] ?? '', language, gender)} ${language.words.range} ${speakNumber(match[2] ?? '', language, gender)}`;
      },
    },
    {
      name: 'number',
      pattern: new RegExp(`${WORD_START}(?<!\\d[.,])${SIGN}${number}${NOT_BEFORE}`, 'gu'),
      speak: (match, context) => speakNumber(match[0], language, language.genderFromContext(followingText(match, context))),
    },
  ];
};

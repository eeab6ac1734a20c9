import { numberSource, SIGN, speakNumber, speakQuantity } from '../numerals.js';
import { alternatives, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';
import type { SpokenLanguage, SpokenNoun } from '../spoken-language.js';

const UNIT_END = '(?![\\p{L}\\p{N}²³/])';

export const quantityRules: SpeechRuleFactory = (language) => {
  const number = numberSource(language);
  const single = alternatives(Object.keys(language.units));
  const unit = `(?:${single})(?:/(?:${single}))?`;
  const clear = `(?:${alternatives(Object.keys(language.units).filter((symbol) => /[²³]|°./u.test(symbol)))})|(?:${single})/(?:${single})`;
  return [
    {
      name: 'percentage',
      pattern: new RegExp(`${WORD_START}(?:(${number})\\s?%?\\s?[–-]\\s?)?(${SIGN}${number})\\s?%`, 'gu'),
      speak: ([, from, to = '']) => `${rangeStart(from, 'masculine', language)}${speakNumber(to, language, 'masculine')} ${language.words.percent}`,
    },
    {
      name: 'quantity',
      pattern: new RegExp(`${WORD_START}(?:(${number})\\s?[–-]\\s?)?(${SIGN}${number})(?:[ \\u00a0\\u202f]?)(${unit})${UNIT_END}`, 'gu'),
      speak: ([, from, amount = '', symbol = '']) => {
        const noun = nounOf(symbol, language);
        return noun && `${rangeStart(from, noun.gender ?? 'masculine', language)}${speakQuantity(amount, noun, language)}`;
      },
    },
    {
      name: 'unit',
      pattern: new RegExp(`(?<![\\p{L}\\p{N}_/])(?:${clear})${UNIT_END}`, 'gu'),
      speak: ([symbol]) => nounOf(symbol, language)?.many,
    },
  ];
};

function rangeStart(from: string | undefined, gender: 'masculine' | 'feminine', language: SpokenLanguage): string {
  return from === undefined ? '' : `${speakNumber(from, language, gender)} ${language.words.range} `;
}

/** "km/h" → "quilômetros por hora". */
function nounOf(symbol: string, language: SpokenLanguage): SpokenNoun | undefined {
  const [top = '', bottom] = symbol.split('/');
  const noun = language.units[top];
  if (!noun || bottom === undefined) return noun;
  const divisor = language.units[bottom];
  return divisor && { ...noun, one: `${noun.one} ${language.words.per} ${divisor.one}`, many: `${noun.many} ${language.words.per} ${divisor.one}` };
}

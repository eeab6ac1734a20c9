import { numberSource, parseNumber, speakNumber } from '../numerals.js';
import { alternatives, WORD_END, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';
import type { SpokenCurrency, SpokenLanguage } from '../spoken-language.js';

export const currencyRules: SpeechRuleFactory = (language) => {
  const signs = alternatives(Object.keys(language.currencies));
  const number = numberSource(language);
  const scale = `(?:\\s(${alternatives(Object.keys(language.scales))})(?!\\p{L}))?`;
  return [
    {
      name: 'currency-before',
      pattern: new RegExp(`${WORD_START}([-−])?(${signs})\\s?(${number})${scale}`, 'gu'),
      speak: ([, sign, currency, amount, scaleWord]) => speakSigned(sign, currency, amount, scaleWord, language),
    },
    {
      name: 'currency-after',
      pattern: new RegExp(`${WORD_START}([-−])?(${number})${scale}\\s?(€|£|¥|USD|EUR|BRL)${WORD_END}`, 'gu'),
      speak: ([, sign, amount, scaleWord, currency]) => speakSigned(sign, currency, amount, scaleWord, language),
    },
  ];
};

function speakSigned(sign: string | undefined, code = '', amount = '', scaleWord: string | undefined, language: SpokenLanguage): string | undefined {
  const currency = language.currencies[code];
  if (!currency) return undefined;
  return (sign === undefined ? '' : `${language.words.minus} `) + speakAmount(amount, scaleWord, currency, language);
}

function speakAmount(amount: string, scaleWord: string | undefined, currency: SpokenCurrency, language: SpokenLanguage): string {
  const gender = currency.gender ?? 'masculine';
  if (scaleWord !== undefined) {
    const joint = language.scales[scaleWord] === 'of' ? ` ${language.words.of} ` : ' ';
    return `${speakNumber(amount, language, 'masculine')} ${scaleWord}${joint}${currency.many}`;
  }
  const { integer, decimals } = parseNumber(amount, language);
  if (decimals !== undefined && decimals.length !== 2) return `${speakNumber(amount, language, gender)} ${currency.many}`;
  const whole = BigInt(integer);
  const cents = Number(decimals ?? '0');
  const spokenCents = `${language.cardinal(BigInt(cents), 'masculine')} ${cents === 1 ? currency.cent.one : currency.cent.many}`;
  if (whole === 0n && cents > 0) return spokenCents;
  const needsOf = language.words.of === 'de' && whole >= 1_000_000n && whole % 1_000_000n === 0n;
  const spokenWhole = `${language.cardinal(whole, gender)} ${needsOf ? 'de ' : ''}${whole === 1n ? currency.one : currency.many}`;
  return cents === 0 ? spokenWhole : `${spokenWhole} ${language.words.and} ${spokenCents}`;
}

import type { Gender, SpokenLanguage, SpokenNoun } from './spoken-language.js';

export interface WrittenNumber {
  readonly negative: boolean;
  /** Digits of the integer part, without separators. */
  readonly integer: string;
  readonly decimals: string | undefined;
  /** What is said for the separator of the decimals. */
  readonly point: string;
}

/** A number as a pattern's source, with a sign where a sign can stand. */
export const numberSource = (language: SpokenLanguage): string => `(?:${language.numberPattern})`;
export const SIGN = '(?:(?<![^\\s(=:])[-−+](?=\\d))?';

export function parseNumber(written: string, language: SpokenLanguage): WrittenNumber {
  const { decimalSeparator, words } = language;
  const negative = /^[-−]/.test(written);
  const plain = written.replace(/^[-−+]/, '').replaceAll(/[\u00a0\u202f\s]/g, '');
  // In Portuguese "1.500" is grouped, and "1.5" is somebody else's decimal point.
  if (decimalSeparator === ',' && /^\d+\.(?:\d{1,2}|\d{4,})$/.test(plain)) {
    const [integer = '0', decimals] = plain.split('.');
    return { negative, integer, decimals, point: words.dot };
  }
  const [integer = '0', decimals] = plain.replaceAll(decimalSeparator === ',' ? '.' : ',', '').split(decimalSeparator);
  return { negative, integer, decimals, point: words.decimalPoint };
}

export function speakNumber(written: string, language: SpokenLanguage, gender: Gender): string {
  const number = parseNumber(written, language);
  const sign = number.negative ? `${language.words.minus} ` : '';
  const tail = number.decimals === undefined ? '' : ` ${number.point} ${language.decimals(number.decimals)}`;
  return sign + speakInteger(written, number, language, gender) + tail;
}

/** "5 km", "1,5 litro", "2 t": the number in the unit's gender and the unit in the number's. */
export function speakQuantity(written: string, unit: SpokenNoun, language: SpokenLanguage): string {
  const gender = unit.gender ?? 'masculine';
  const { integer, decimals } = parseNumber(written, language);
  return `${speakNumber(written, language, gender)} ${language.isSingular(BigInt(integer), decimals) ? unit.one : unit.many}`;
}

export const speakDigits = (digits: string, language: SpokenLanguage): string =>
  [...digits.replaceAll(/\D/g, '')].map((digit) => language.cardinal(BigInt(digit), 'masculine')).join(' ');

function speakInteger(written: string, number: WrittenNumber, language: SpokenLanguage, gender: Gender): string {
  if (number.integer.length > 1 && number.integer.startsWith('0')) return speakDigits(number.integer, language);
  const value = BigInt(number.integer);
  const bare = number.decimals === undefined && /^\d{4}$/.test(written);
  return bare ? language.bareNumber(value, gender) : language.cardinal(value, gender);
}

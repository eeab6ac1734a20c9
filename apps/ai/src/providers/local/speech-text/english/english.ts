import type { SpokenLanguage } from '../spoken-language.js';
import { englishCardinal, englishDecimals, englishFraction, englishOrdinal, englishYear } from './english-numbers.js';
import { ENGLISH_CURRENCIES, ENGLISH_UNITS } from './english-units.js';
import {
  ENGLISH_ABBREVIATIONS, ENGLISH_ACRONYMS, ENGLISH_LETTERS, ENGLISH_MONTHS, ENGLISH_ROMANS, ENGLISH_SYMBOLS, ENGLISH_WORDS,
} from './english-words.js';

const cardinal = (value: number): string => englishCardinal(BigInt(value));

function date(day: number, month: number, year: number | undefined): string {
  const spokenYear = year === undefined ? '' : `, ${englishYear(year)}`;
  return `${ENGLISH_MONTHS[month - 1] ?? ''} ${englishOrdinal(day)}${spokenYear}`;
}

function time(hours: number, minutes: number, seconds: number): string {
  const spokenMinutes = minutes === 0 ? "o'clock" : minutes < 10 ? `oh ${cardinal(minutes)}` : cardinal(minutes);
  const base = minutes === 0 && hours > 12 ? `${cardinal(hours)} hundred hours` : `${cardinal(hours)} ${spokenMinutes}`;
  return seconds > 0 ? `${base} and ${cardinal(seconds)} ${seconds === 1 ? 'second' : 'seconds'}` : base;
}

function power(base: string, exponent: string): string {
  if (exponent === '2') return `${base} squared`;
  if (exponent === '3') return `${base} cubed`;
  return `${base} to the power of ${englishCardinal(BigInt(exponent))}`;
}

export const ENGLISH: SpokenLanguage = {
  language: 'en',
  cardinal: englishCardinal,
  ordinal: englishOrdinal,
  bareNumber: (value) => (value >= 1100n && value <= 2099n ? englishYear(Number(value)) : englishCardinal(value)),
  decimals: englishDecimals,
  genderFromContext: () => 'masculine',
  isSingular: (integer, decimals) => (integer === 1n || integer === -1n) && decimals === undefined,
  date,
  time,
  fraction: englishFraction,
  power,
  numberPattern: '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?',
  decimalSeparator: '.',
  dateOrder: 'month-first',
  words: ENGLISH_WORDS,
  letters: ENGLISH_LETTERS,
  units: ENGLISH_UNITS,
  currencies: ENGLISH_CURRENCIES,
  scales: { thousand: 'direct', million: 'direct', billion: 'direct', trillion: 'direct' },
  ordinalPattern: /(?<![\p{L}\p{N}_.,])(\d{1,3})(st|nd|rd|th)(?![\p{L}\p{N}])/gu,
  romanContexts: ENGLISH_ROMANS,
  abbreviations: ENGLISH_ABBREVIATIONS,
  symbols: ENGLISH_SYMBOLS,
  acronyms: ENGLISH_ACRONYMS,
};

import type { SpokenLanguage } from '../spoken-language.js';
import { PORTUGUESE_ABBREVIATIONS } from './portuguese-abbreviations.js';
import { portugueseGender } from './portuguese-gender.js';
import { portugueseCardinal, portugueseDecimals, portugueseFraction, portugueseOrdinal } from './portuguese-numbers.js';
import { PORTUGUESE_CURRENCIES, PORTUGUESE_UNITS } from './portuguese-units.js';
import {
  PORTUGUESE_ACRONYMS, PORTUGUESE_LETTERS, PORTUGUESE_MONTHS, PORTUGUESE_ROMANS, PORTUGUESE_SYMBOLS, PORTUGUESE_WORDS,
} from './portuguese-words.js';

const masculine = (value: number): string => portugueseCardinal(BigInt(value), 'masculine');

function date(day: number, month: number, year: number | undefined): string {
  const spokenDay = day === 1 ? 'primeiro' : masculine(day);
  const spokenYear = year === undefined ? '' : ` de ${masculine(year)}`;
  return `${spokenDay} de ${PORTUGUESE_MONTHS[month - 1] ?? ''}${spokenYear}`;
}

function time(hours: number, minutes: number, seconds: number): string {
  const parts = [`${portugueseCardinal(BigInt(hours), 'feminine')} ${hours < 2 ? 'hora' : 'horas'}`];
  if (minutes > 0) parts.push(seconds > 0 ? `${masculine(minutes)} minutos` : minutes === 1 ? 'um minuto' : `${masculine(minutes)} minutos`);
  if (seconds > 0) parts.push(`${masculine(seconds)} ${seconds === 1 ? 'segundo' : 'segundos'}`);
  return parts.length < 3 ? parts.join(' e ') : `${parts.slice(0, -1).join(', ')} e ${parts.at(-1) ?? ''}`;
}

function power(base: string, exponent: string): string {
  if (exponent === '2') return `${base} ao quadrado`;
  if (exponent === '3') return `${base} ao cubo`;
  const spoken = portugueseCardinal(BigInt(exponent), 'masculine');
  return `${base} elevado a ${spoken}`;
}

export const PORTUGUESE: SpokenLanguage = {
  language: 'pt-BR',
  cardinal: portugueseCardinal,
  ordinal: portugueseOrdinal,
  bareNumber: portugueseCardinal,
  decimals: portugueseDecimals,
  genderFromContext: portugueseGender,
  isSingular: (integer) => integer < 2n && integer > -2n,
  date,
  time,
  fraction: portugueseFraction,
  power,
  numberPattern: '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d{1,3}(?:[\\u00a0\\u202f]\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)?',
  decimalSeparator: ',',
  dateOrder: 'day-first',
  words: PORTUGUESE_WORDS,
  letters: PORTUGUESE_LETTERS,
  units: PORTUGUESE_UNITS,
  currencies: PORTUGUESE_CURRENCIES,
  scales: { mil: 'direct', milhão: 'of', milhões: 'of', bilhão: 'of', bilhões: 'of', trilhão: 'of', trilhões: 'of' },
  ordinalPattern: /(?<![\p{L}\p{N}_.,])(\d{1,3})\.?([ºª])(?![\p{L}\p{N}])|(?<![\p{L}\p{N}_.,])(\d{1,3})°(?=\s(?:ano|lugar|passo|grau|bimestre|semestre|trimestre|dia|capítulo|artigo|andar|mês|turno|período|ciclo|exemplo|item|princípio|colocado|caso)s?(?!\p{L}))/gu,
  romanContexts: PORTUGUESE_ROMANS,
  abbreviations: PORTUGUESE_ABBREVIATIONS,
  symbols: PORTUGUESE_SYMBOLS,
  acronyms: PORTUGUESE_ACRONYMS,
};

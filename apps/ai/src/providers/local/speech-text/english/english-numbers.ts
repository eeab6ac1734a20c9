import { toCardinal, toOrdinal } from 'n2words/en-US';

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** n2words names powers of ten up to here; longer numbers are read digit by digit. */
const LARGEST = 10n ** 18n;

export function englishCardinal(value: bigint): string {
  const size = value < 0n ? -value : value;
  return size < LARGEST ? toCardinal(value) : [...String(value)].map((digit) => DIGITS[Number(digit)] ?? 'minus').join(' ');
}

export const englishOrdinal = (value: number): string => (value > 0 ? toOrdinal(value) : englishCardinal(BigInt(value)));

export const englishDecimals = (digits: string): string => [...digits].map((digit) => DIGITS[Number(digit)] ?? '').join(' ');

/** "nineteen ninety-eight", "two thousand five", "twenty twenty-six", "nineteen oh five". */
export function englishYear(year: number): string {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const plain = year < 1100 || year > 2099 || (year >= 2000 && year < 2010);
  if (plain) return englishCardinal(BigInt(year));
  const start = englishCardinal(BigInt(century));
  if (rest === 0) return `${start} hundred`;
  return rest < 10 ? `${start} oh ${DIGITS[rest] ?? ''}` : `${start} ${englishCardinal(BigInt(rest))}`;
}

/** "nineteen nineties". */
export function englishDecade(decade: number): string {
  const start = englishYear(decade);
  return decade % 100 === 0 ? `${start}s` : start.replace(/y$/, 'ies').replace(/ten$/, 'tens');
}

export function englishFraction(numerator: number, denominator: number): string {
  const top = englishCardinal(BigInt(numerator));
  if (denominator === 2) return `${top} ${numerator === 1 ? 'half' : 'halves'}`;
  const name = denominator === 4 ? 'quarter' : englishOrdinal(denominator);
  return `${top} ${name}${numerator === 1 ? '' : 's'}`;
}

import type { SpokenLanguage } from './spoken-language.js';

/** Letters by their names and digits as numbers: "HTTP" → "agá tê tê pê", "H2O" → "agá dois ó". */
export function spell(written: string, language: SpokenLanguage): string {
  const parts = written.match(/\p{L}|\d+/gu) ?? [];
  return parts.map((part) => (/\d/.test(part) ? spellNumber(part, language) : language.letters[part.toUpperCase()] ?? part)).join(' ');
}

function spellNumber(digits: string, language: SpokenLanguage): string {
  if (digits.length < 4 && !digits.startsWith('0')) return language.cardinal(BigInt(digits), 'masculine');
  return [...digits].map((digit) => language.cardinal(BigInt(digit), 'masculine')).join(' ');
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Small raised or lowered digits as plain ones, signs included. */
export function plainDigits(written: string): string {
  return [...written].map((character) => plainDigit(character)).join('');
}

function plainDigit(character: string): string {
  const small = Math.max(SUBSCRIPTS.indexOf(character), SUPERSCRIPTS.indexOf(character));
  if (small >= 0) return String(small);
  return character === '⁻' || character === '₋' ? '-' : character === '⁺' || character === '₊' ? '+' : character;
}

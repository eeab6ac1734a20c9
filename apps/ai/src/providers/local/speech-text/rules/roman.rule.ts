import type { SpeechRuleFactory } from '../speech-rule.js';

const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };
const WELL_FORMED = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

/** Roman numerals where the words around say that they are numbers: "século XIX", "Dom Pedro II", "Chapter IV". */
export const romanRules: SpeechRuleFactory = (language) =>
  language.romanContexts.map(({ pattern, ordinalUpTo, gender }) => ({
    name: 'roman',
    pattern,
    speak: ({ groups }: RegExpExecArray) => {
      const value = romanValue(groups?.['roman'] ?? '');
      if (value === undefined) return undefined;
      if (value > ordinalUpTo) return language.cardinal(BigInt(value), 'masculine');
      const ordinal = language.ordinal(value, gender);
      return language.language === 'en' ? `the ${ordinal}` : ordinal;
    },
  }));

export function romanValue(numeral: string): number | undefined {
  if (numeral === '' || !WELL_FORMED.test(numeral)) return undefined;
  const values = [...numeral].map((letter) => VALUES[letter] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

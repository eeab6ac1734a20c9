import type { Language } from '@tecnocursos/contracts';

export type Gender = 'masculine' | 'feminine';

/** Spoken name of a unit or a coin. `one` goes with amounts that take the singular. */
export interface SpokenNoun {
  readonly one: string;
  readonly many: string;
  readonly gender?: Gender;
}

export interface SpokenCurrency extends SpokenNoun {
  readonly cent: SpokenNoun;
}

/** A written form and what is said for it. `$1` and so on refer to groups of the pattern. */
export interface SpokenForm {
  readonly pattern: RegExp;
  readonly spoken: string;
}

/** Everything that the reading rules need to know of a language; the rules themselves know none. */
export interface SpokenLanguage {
  readonly language: Language;
  cardinal(value: bigint, gender: Gender): string;
  ordinal(value: number, gender: Gender): string;
  /** A bare number of four digits, which may be a year. */
  bareNumber(value: bigint, gender: Gender): string;
  /** Digits after the decimal separator. */
  decimals(digits: string): string;
  /** Gender that a number takes from the text that follows it. */
  genderFromContext(following: string): Gender;
  isSingular(integer: bigint, decimals: string | undefined): boolean;
  date(day: number, month: number, year: number | undefined): string;
  time(hours: number, minutes: number, seconds: number): string;
  fraction(numerator: number, denominator: number): string;
  power(base: string, exponent: string): string;
  readonly numberPattern: string;
  readonly decimalSeparator: ',' | '.';
  readonly dateOrder: 'day-first' | 'month-first';
  readonly words: SpokenWords;
  readonly letters: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, SpokenNoun>>;
  readonly currencies: Readonly<Record<string, SpokenCurrency>>;
  /** Words that multiply an amount of money; `of` when the currency's name follows with a preposition. */
  readonly scales: Readonly<Record<string, 'direct' | 'of'>>;
  readonly ordinalPattern: RegExp;
  readonly romanContexts: readonly RomanContext[];
  readonly abbreviations: readonly SpokenForm[];
  readonly symbols: readonly SpokenForm[];
  /** Acronyms that the rule of pronounceability would get wrong: a word to say, or `spell`. */
  readonly acronyms: Readonly<Record<string, string>>;
}

export interface SpokenWords {
  readonly decimalPoint: string;
  readonly dot: string;
  readonly times: string;
  readonly minus: string;
  readonly plus: string;
  readonly percent: string;
  readonly range: string;
  readonly and: string;
  readonly of: string;
  readonly per: string;
  readonly at: string;
  readonly slash: string;
  readonly hyphen: string;
  readonly underscore: string;
}

/** Where Roman numerals are numbers; `pattern` has the numeral as its group named `roman`. */
export interface RomanContext {
  readonly pattern: RegExp;
  /** Up to this value the numeral is read as an ordinal. */
  readonly ordinalUpTo: number;
  readonly gender: Gender;
}

import { numberSource, speakNumber } from '../numerals.js';
import { WORD_END, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';
import { plainDigits, spell } from '../spell.js';
import type { SpokenLanguage } from '../spoken-language.js';

const ELEMENTS = 'He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|As|Se|Br|Kr|Ag|Sn|Ba|Pt|Au|Hg|Pb|[HBCNOFPSKI]';
const SUBSCRIPT = '[₀-₉0-9]{1,3}';
const CHARGE = '[⁰¹²³⁴-⁹]?[⁺⁻]';
const RAISED = '[⁻⁺]?[⁰¹²³⁴-⁹]+';

export const formulaRules: SpeechRuleFactory = (language) => [
  {
    name: 'chemistry',
    pattern: new RegExp(`${WORD_START}(\\d{1,2})?((?:(?:${ELEMENTS})(?:${SUBSCRIPT})?|\\((?:(?:${ELEMENTS})(?:${SUBSCRIPT})?)+\\)${SUBSCRIPT})+)(${CHARGE})?${WORD_END}`, 'gu'),
    speak: ([, coefficient, formula = '', charge = '']) => {
      if (!/[₀-₉0-9]/u.test(formula) && charge === '') return undefined;
      const count = coefficient === undefined ? '' : `${language.cardinal(BigInt(coefficient), 'masculine')} `;
      return `${count}${spell(plainDigits(formula), language)}${speakCharge(charge, language)}`;
    },
  },
  {
    name: 'power',
    pattern: new RegExp(`${WORD_START}(${numberSource(language)}|\\p{L}{1,2})(?:(${RAISED})|\\^\\(?(-?\\d{1,3})\\)?)`, 'gu'),
    speak: ([, base = '', raised, caret]) => {
      const spokenBase = /\d/.test(base) ? speakNumber(base, language, 'masculine') : speakVariable(base, language);
      return language.power(spokenBase, raised === undefined ? caret ?? '1' : plainDigits(raised).replace('+', ''));
    },
  },
  {
    name: 'times',
    pattern: new RegExp(`${WORD_START}(\\d{1,3})x(?=\\s\\p{L}|[.,;]|$)`, 'gu'),
    speak: ([, count = '']) => `${language.cardinal(BigInt(count), 'feminine')} ${language.words.times}`,
  },
  {
    name: 'coefficient',
    pattern: new RegExp(`${WORD_START}(\\d{1,3})([a-z])(?=\\s*[-+−=<>)])`, 'gu'),
    speak: ([, count = '', variable = '']) => `${language.cardinal(BigInt(count), 'masculine')} ${spell(variable, language)}`,
  },
  {
    name: 'fraction',
    pattern: /(?<![\p{L}\p{N}_/.,-])(\d{1,3})\/(\d{1,4})(?![\p{L}\p{N}_/]|[.,]\d)/gu,
    speak: ([, top, bottom]) => speakFraction(Number(top), Number(bottom), language),
  },
  {
    name: 'vulgar-fraction',
    pattern: /[½⅓⅔¼¾]/gu,
    speak: ([sign]) => language.fraction(...(VULGAR[sign] ?? [1, 2])),
  },
];

const VULGAR: Readonly<Record<string, readonly [number, number]>> = { '½': [1, 2], '⅓': [1, 3], '⅔': [2, 3], '¼': [1, 4], '¾': [3, 4] };

function speakCharge(charge: string, language: SpokenLanguage): string {
  if (charge === '') return '';
  const sign = charge.endsWith('⁺') ? language.words.plus : language.words.minus;
  const size = plainDigits(charge.slice(0, -1));
  return ` ${size === '' ? '' : `${language.cardinal(BigInt(size), 'masculine')} `}${sign}`;
}

const speakVariable = (name: string, language: SpokenLanguage): string => spell(name, language);

/** Ratios such as "24/7" are no fractions: they are said with a slash. */
function speakFraction(numerator: number, denominator: number, language: SpokenLanguage): string {
  if (numerator > 0 && numerator < denominator && denominator > 1) return language.fraction(numerator, denominator);
  return [numerator, denominator].map((part) => language.cardinal(BigInt(part), 'masculine')).join(` ${language.words.slash} `);
}

import { describe, expect, it } from 'vitest';
import { speechPieces, spokenText } from './speech-text.js';

type Cases = readonly (readonly [written: string, spoken: string])[];

const NUMBERS: Cases = [
  ['0', 'zero'], ['16', 'sixteen'], ['21', 'twenty-one'], ['100', 'one hundred'], ['101', 'one hundred one'], ['999', 'nine hundred ninety-nine'], ['1,000', 'one thousand'], ['1,234', 'one thousand two hundred thirty-four'], ['10,000 people', 'ten thousand people'], ['1,000,000', 'one million'],
  ['2,500,000', 'two million five hundred thousand'], ['-5', 'minus five'], ['007', 'zero zero seven'], ['3.14', 'three point one four'], ['0.05', 'zero point zero five'], ['1,234.56', 'one thousand two hundred thirty-four point five six'], ['2 million', 'two million'], ['version 1.2.3', 'version one dot two dot three'],
  ['10-20', 'ten to twenty'], ['10–20', 'ten to twenty'],
];

const YEARS: Cases = [
  ['in 1998', 'in nineteen ninety-eight'], ['in 1905', 'in nineteen oh five'], ['in 1900', 'in nineteen hundred'], ['in 2005', 'in two thousand five'], ['in 2026', 'in twenty twenty-six'], ['in 2000', 'in two thousand'], ['the 1990s', 'the nineteen nineties'], ['the 1900s', 'the nineteen hundreds'], ['1939–1945', 'nineteen thirty-nine to nineteen forty-five'],
];

const DATES_AND_TIMES: Cases = [
  ['11/23/2026', 'November twenty-third, twenty twenty-six'], ['23/11/2026', 'November twenty-third, twenty twenty-six'], ['2026-11-23', 'November twenty-third, twenty twenty-six'], ['March 3, 2026', 'March third, twenty twenty-six'], ['July 21', 'July twenty-first'], ['2:30 p.m.', 'two thirty pee em'],
  ['14:05', 'fourteen oh five'], ['9:00', "nine o'clock"], ['the 3rd of May', 'the third of May'],
];

const ORDINALS_AND_ROMANS: Cases = [
  ['1st', 'first'], ['2nd', 'second'], ['3rd', 'third'], ['21st', 'twenty-first'], ['19th century', 'nineteenth century'], ['Chapter IV', 'Chapter four'], ['World War II', 'World War two'], ['Henry VIII', 'Henry the eighth'], ['Type II', 'Type two'], ['I think', 'I think'],
];

const MONEY: Cases = [
  ['$5.99', 'five dollars and ninety-nine cents'], ['$1', 'one dollar'], ['$0.50', 'fifty cents'], ['$0.01', 'one cent'], ['$2 million', 'two million dollars'], ['US$ 1,234.50', 'one thousand two hundred thirty-four dollars and fifty cents'], ['R$ 10', 'ten reais'], ['€20', 'twenty euros'], ['£3', 'three pounds'], ['10 USD', 'ten dollars'],
];

const QUANTITIES: Cases = [
  ['50%', 'fifty percent'], ['12.5%', 'twelve point five percent'], ['10 km', 'ten kilometers'], ['1 km', 'one kilometer'], ['0.5 L', 'zero point five liters'], ['3 m²', 'three square meters'], ['25 °C', 'twenty-five degrees Celsius'], ['-5 °C', 'minus five degrees Celsius'], ['1 °C', 'one degree Celsius'],
  ['60 mph', 'sixty miles per hour'], ['100 km/h', 'one hundred kilometers per hour'], ['9.8 m/s²', 'nine point eight meters per second squared'], ['5 ft', 'five feet'], ['16 GB', 'sixteen gigabytes'], ['20–35 °C', 'twenty to thirty-five degrees Celsius'], ['990 mm', 'nine hundred ninety millimeters'], ['5 in total', 'five in total'],
];

const FORMULAS: Cases = [
  ['CO₂', 'see oh two'], ['H2O', 'aitch two oh'], ['6CO₂', 'six see oh two'], ['Ca²⁺', 'see ay two plus'], ['x²', 'ex squared'], ['10³', 'ten cubed'], ['2^10', 'two to the power of ten'], ['1/2', 'one half'], ['3/4', 'three quarters'], ['2/3', 'two thirds'], ['24/7', 'twenty-four slash seven'], ['a = b + c', 'a equals b plus c'],
  ['x ≥ 2', 'x greater than or equal to two'], ['3 × 4', 'three times four'], ['8 ÷ 2', 'eight divided by two'], ['2x+1=5', 'two ex plus one equals five'], ['A → B', 'A leads to B'],
];

const WORDS: Cases = [
  ['e.g., rain', 'for example, rain'], ['i.e., rain', 'that is, rain'], ['rain, snow, etc.', 'rain, snow, et cetera'], ['Dr. Hill', 'doctor Hill'], ['Mr. Hutton', 'mister Hutton'], ['Mrs. Hill', 'missus Hill'], ['Prof. Hill', 'professor Hill'], ['Fig. 3', 'figure three'], ['No. 5', 'number five'], ['p. 12', 'page twelve'], ['pp. 3-5', 'pages three to five'], ['Ch. 2', 'chapter two'],
  ['cats vs. dogs', 'cats versus dogs'], ['the U.S. army', 'the you ess army'], ['and/or', 'and or'], ['input/output', 'input or output'], ['salt & pepper', 'salt and pepper'], ['an HTTP server', 'an aitch tee tee pee server'], ['NASA', 'Nasa'], ['the DNA', 'the dee en ay'], ['two DVDs', 'two dee vee dees'], ['COVID-19', 'Covid nineteen'], ['an MP4', 'an em pee four'],
  ['https://example.com/a', 'example dot com slash a'], ['a@b.com', 'a at b dot com'], ['555-123-4567', 'five five five, one two three, four five six seven'], ['#5', 'number five'],
];

describe.each([
  ['numbers', NUMBERS], ['years', YEARS], ['dates and times', DATES_AND_TIMES], ['ordinals and Roman numerals', ORDINALS_AND_ROMANS], ['money', MONEY], ['quantities', QUANTITIES], ['formulas', FORMULAS], ['words', WORDS],
])('English %s', (_, cases) => {
  it.each(cases)('%s is said as %s', (written, expected) => {
    expect(spokenText(written, 'en')).toBe(expected);
  });
});

it('pieces of an English text keep the written form, complete and in order', () => {
  const text = 'CO₂ costs $29.99 (or 10%), at 2:30 on 11/23/2026; and/or at 25 °C.';
  expect(speechPieces(text, 'en').map(({ written }) => written).join('')).toBe(text);
});

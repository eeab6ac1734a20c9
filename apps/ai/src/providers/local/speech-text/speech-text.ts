import type { Language } from '@tecnocursos/contracts';
import { ENGLISH } from './english/english.js';
import { mergeGlued, type SpokenSpan } from './glued-spans.js';
import { PORTUGUESE } from './portuguese/portuguese.js';
import { abbreviationRules, symbolRules } from './rules/abbreviation.rule.js';
import { acronymRules } from './rules/acronym.rule.js';
import { currencyRules } from './rules/currency.rule.js';
import { dateTimeRules } from './rules/date-time.rule.js';
import { digitGroupRules } from './rules/digit-group.rule.js';
import { formulaRules } from './rules/formula.rule.js';
import { numberRules } from './rules/number.rule.js';
import { ordinalRules } from './rules/ordinal.rule.js';
import { quantityRules } from './rules/quantity.rule.js';
import { romanRules } from './rules/roman.rule.js';
import { webAddressRules } from './rules/web-address.rule.js';
import type { SpeechRule, SpeechRuleFactory } from './speech-rule.js';
import type { SpokenLanguage } from './spoken-language.js';

/** A stretch of text as it is shown, and what is said for it when that differs. */
export interface SpeechPiece {
  readonly written: string;
  readonly spoken?: string;
}

const DIGIT = /\d/;

/** Earlier rules win: what they match is closed to the later ones. A text without what is required needs no look. */
const RULES: readonly (readonly [factory: SpeechRuleFactory, requires: RegExp])[] = [
  [webAddressRules, /\p{L}[.@:]\S/u],
  [dateTimeRules, DIGIT],
  [digitGroupRules, DIGIT],
  [currencyRules, DIGIT],
  [ordinalRules, DIGIT],
  [quantityRules, /[\d°²³/]/],
  [romanRules, /[IVXLCDM]/],
  [abbreviationRules, /\p{L}[.º°/ª]|etc|vs/u],
  [formulaRules, /[\d₀-₉⁰¹²³⁴-⁹⁺⁻½⅓⅔¼¾^]/],
  [numberRules, DIGIT],
  [acronymRules, /\p{Lu}[\p{Lu}\d]/u],
  [symbolRules, /[^\p{L}\d\s,.;:!?()"'“”‘’]|\d\s?x\s?\d/u],
];

interface Reader {
  readonly language: SpokenLanguage;
  readonly groups: readonly { readonly requires: RegExp; readonly rules: readonly SpeechRule[] }[];
}

const readerOf = (language: SpokenLanguage): Reader => ({ language, groups: RULES.map(([factory, requires]) => ({ requires, rules: factory(language) })) });
const READERS: Readonly<Record<Language, Reader>> = { 'pt-BR': readerOf(PORTUGUESE), en: readerOf(ENGLISH) };

/** Text that is said as it is written needs no rule. */
const NEEDS_READING = /[^\p{L}\s,;:!?()"'“”‘’—-]|\p{Lu}{2}|\.\s?\p{L}|\p{L}\.(?!$)|etc|\p{Lu}\s|[IVXLC]{1,6}(?!\p{L})/u;

/** The text as pieces, in order and complete: joined, their written forms are the text. */
export function speechPieces(text: string, language: Language): SpeechPiece[] {
  if (!NEEDS_READING.test(text)) return [{ written: text }];
  const spans = mergeGlued(text, findSpans(text, READERS[language]), READERS[language].language.words.slash);
  const pieces: SpeechPiece[] = [];
  let position = 0;
  for (const { start, end, spoken } of spans) {
    if (start > position) pieces.push({ written: text.slice(position, start) });
    pieces.push({ written: text.slice(start, end), spoken });
    position = end;
  }
  if (position < text.length) pieces.push({ written: text.slice(position) });
  return pieces;
}

/** What a voice says for the text. */
export const spokenText = (text: string, language: Language): string =>
  speechPieces(text, language).map(({ written, spoken }) => spoken ?? written).join('').replaceAll(/\s+/g, ' ').trim();

function findSpans(text: string, { groups, language }: Reader): SpokenSpan[] {
  const spans: SpokenSpan[] = [];
  for (const rule of groups.flatMap(({ requires, rules }) => (requires.test(text) ? rules : []))) {
    for (const match of text.matchAll(rule.pattern)) {
      const span = trimmed(match);
      if (spans.some((other) => span.start < other.end && other.start < span.end)) continue;
      const spoken = rule.speak(match, { text, language })?.trim();
      if (spoken !== undefined && spoken !== '') spans.push({ ...span, spoken });
    }
  }
  return spans.sort((one, other) => one.start - other.start);
}

/** White space around a match stays outside, so that words stay apart. */
function trimmed(match: RegExpExecArray): { start: number; end: number } {
  const lead = match[0].length - match[0].trimStart().length;
  return { start: match.index + lead, end: match.index + match[0].trimEnd().length };
}

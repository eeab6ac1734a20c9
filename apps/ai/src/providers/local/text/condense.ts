import { findDefinition, glossaryText } from './definitions.js';
import { oneLine } from './sentences.js';
import type { TextLanguage } from './text-language.js';
import { capitalized, tokenize } from './words.js';

/** Characters of a bullet that fits on two lines. */
export const BULLET_LIMIT = 90;
/** A whole statement may be this much longer than wanted, rather than lose its end. */
const STRETCH = 1.17;
/** A shortened sentence says something from about this many characters on. */
const SHORTEST_CUT = 28;
const HEAD_WORDS = 6;
/** What a weaker joint costs, in tenths of the limit's length. */
const JOINT_COST = 3;
const STRETCH_COST = 2;
const WEAK_END_COST = 2;

/** The longest that `condense` makes of a sentence for a limit. */
export const longestCondensed = (limit: number): number => Math.floor(limit * STRETCH);

/**
 * A sentence as a bullet of about `limit` characters, never more than `longestCondensed(limit)`: what can be left out goes
 * first, then it ends at a clause's joint.
 */
export function condense(sentence: string, language: TextLanguage, limit = BULLET_LIMIT): string {
  const full = finished(withoutLeadIn(oneLine(sentence), language));
  if (full.length <= limit) return full;
  const bare = finished(withoutBrackets(full));
  if (bare.length <= limit) return bare;
  const variants = shorterForms(bare, language);
  const whole = variants.filter((variant) => variant.length <= limit).sort(byLength)[0];
  if (whole !== undefined) return whole;
  const longest = longestCondensed(limit);
  const stretched = variants.filter((variant) => variant.length <= longest).map((text) => ({ text, strength: -1, isWeakEnd: false }));
  const cuts = [...stretched, ...variants.flatMap((variant) => cutsAtJoints(variant, language, longest))];
  return cuts.sort((one, other) => worth(other, limit) - worth(one, limit))[0]?.text ?? cutAtWord(bare, language, limit);
}

/** A long sentence as two bullets where a strong joint parts it into two that can stand, else as one. */
export function splitClauses(sentence: string, language: TextLanguage): string[] {
  const plain = finished(withoutLeadIn(oneLine(sentence), language));
  const parts = plain.split(/;\s+/u).map((part) => finished(part.trim()));
  return parts.length > 1 && parts.every((part) => part.length >= SHORTEST_CUT) ? parts.map((part) => condense(part, language)) : [condense(sentence, language)];
}

const byLength = (one: string, other: string): number => other.length - one.length;

function withoutLeadIn(sentence: string, language: TextLanguage): string {
  const rest = sentence.replace(language.leadIn, '');
  return rest === sentence ? sentence : capitalized(rest);
}

/** Asides only: a bracket that is part of a formula, such as `(1 + i)^n` or `f(x)`, stays. */
const withoutBrackets = (sentence: string): string =>
  sentence.replaceAll(/(?<![=×*/+^·−-])\s+\([^()=+×*^/·]*\)(?=[\s,.;:!?]|$)/gu, '').replaceAll(/\s+\[[^[\]]*\](?=[\s,.;:!?]|$)/gu, '');

/** No full stop at the end, a capital at the start. */
const finished = (sentence: string): string => capitalized(sentence.replace(/(?<!\p{L}\.\p{L})[\s.;:,–—]+$/u, '').trim());

/** The sentence without asides, without its introduction, without both. */
function shorterForms(sentence: string, language: TextLanguage): string[] {
  const plain = sentence.replace(language.aside, ' ');
  const definition = findDefinition(sentence, language);
  const glossary = definition === undefined || sentence.includes(';') ? [] : [`${capitalized(definition.term)}: ${uncapitalized(glossaryText(definition))}`];
  const forms = [sentence, plain, ...glossary].flatMap((form) => {
    const rest = form.replace(language.introduction, '');
    return rest.length >= SHORTEST_CUT && rest !== form && startsClause(rest, language) ? [form, finished(rest)] : [form];
  });
  return [...new Set(forms)];
}

/** Whether what follows an introduction has a subject of its own. */
const startsClause = (rest: string, language: TextLanguage): boolean => !language.pointsBack.test(capitalized(rest)) && !language.noClauseStart.test(rest);

const uncapitalized = (text: string): string => (/^\p{Lu}\p{Ll}+\s\P{Lu}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

interface Cut {
  readonly text: string;
  /** 0 for the strongest joint; -1 for a statement that is whole. */
  readonly strength: number;
  readonly isWeakEnd: boolean;
}

const worth = ({ text, strength, isWeakEnd }: Cut, limit: number): number =>
  (text.length / limit) * 10 - strength * JOINT_COST - (text.length > limit ? STRETCH_COST : 0) - (isWeakEnd ? WEAK_END_COST : 0);

/** The longest start that ends at a joint of each strength. */
function cutsAtJoints(sentence: string, language: TextLanguage, longest: number): Cut[] {
  const introduction = language.introduction.exec(sentence)?.[0].length ?? 0;
  return language.clauseJoints.flatMap((joint, strength) => {
    const texts = [...sentence.matchAll(joint)]
      .filter(({ index, 0: words }) => index >= introduction + SHORTEST_CUT && index <= longest && !language.restrictedClause(sentence.slice(0, index), words) && !isInsideEnumeration(sentence.slice(0, index), words, language))
      .map(({ index }) => finished(sentence.slice(0, index).replace(language.openJoint, '')))
      .filter((text) => text.length >= SHORTEST_CUT && !isHeadOnly(text, sentence) && text.length > introduction + 12 && canStand(text, language));
    return texts.sort(byLength).slice(0, 1).map((text) => ({ text, strength, isWeakEnd: language.weakEnd.test(text) }));
  });
}

/** "X, Y | e Z" and "X, Y | , Z" would lose its last member and the conjunction with it. */
const isInsideEnumeration = (before: string, joint: string, language: TextLanguage): boolean =>
  (joint.trim() === language.and || joint.trim() === ',') && /(?:,\s\S+(?:\s\S+){0,3}|:\s[^,]*)$/u.test(before);

/** What stands before a colon is only a name. */
const isHeadOnly = (text: string, sentence: string): boolean => sentence.charAt(text.length) === ':' && tokenize(text).length < HEAD_WORDS;

function canStand(text: string, language: TextLanguage): boolean {
  const words = tokenize(text);
  const last = words.at(-1)?.lower ?? '';
  return words.length >= 4 && !language.danglingWords.has(last) && !language.danglingClause.test(text) && isBalanced(text);
}

const occurrences = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const isBalanced = (text: string): boolean =>
  occurrences(text, /[([]/gu) === occurrences(text, /[)\]]/gu) && occurrences(text, /"/gu) % 2 === 0 && occurrences(text, /[“«]/gu) === occurrences(text, /[”»]/gu);

/** The last resort: whole words and an ellipsis. */
function cutAtWord(sentence: string, language: TextLanguage, limit: number): string {
  const words = sentence.split(' ');
  let text = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (text.length + word.length + 2 > limit) break;
    text += ` ${word}`;
  }
  while (language.danglingWords.has(tokenize(text).at(-1)?.lower ?? '') && text.includes(' ')) text = text.replace(/\s+\S+$/u, '');
  return `${text.slice(0, limit - 1).replace(/[,;:–—-]+$/u, '')}…`;
}

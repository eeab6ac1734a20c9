import { oneLine } from './sentences.js';
import type { TextLanguage } from './text-language.js';
import { capitalized, tokenize } from './words.js';

export const BULLET_LIMIT = 90;
/** A shortened sentence says something from about this many characters on. */
const SHORTEST_CUT = 28;

/** A sentence as a bullet of at most `limit` characters: what can be left out goes first, then it ends at a clause's joint. */
export function condense(sentence: string, language: TextLanguage, limit = BULLET_LIMIT): string {
  const full = finished(withoutLeadIn(oneLine(sentence), language));
  if (full.length <= limit) return full;
  const bare = finished(withoutBrackets(full));
  if (bare.length <= limit) return bare;
  const variants = shorterForms(bare, language);
  const whole = variants.filter((variant) => variant.length <= limit).sort(byLength)[0];
  if (whole !== undefined) return whole;
  const cuts = variants.flatMap((variant) => cutAtJoint(variant, language, limit));
  const best = cuts.sort((one, other) => one.strength - other.strength || other.text.length - one.text.length)[0];
  return best?.text ?? cutAtWord(bare, language, limit);
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

const withoutBrackets = (sentence: string): string => sentence.replaceAll(/\s*\([^()]*\)/gu, '').replaceAll(/\s*\[[^[\]]*\]/gu, '');

/** No full stop at the end, a capital at the start. */
const finished = (sentence: string): string => capitalized(sentence.replace(/[\s.;:,]+$/u, '').trim());

/** The sentence without asides, without its introduction, without both. */
function shorterForms(sentence: string, language: TextLanguage): string[] {
  const plain = sentence.replace(language.aside, ' ');
  const forms = [sentence, plain].flatMap((form) => {
    const rest = form.replace(language.introduction, '');
    return rest.length >= SHORTEST_CUT && rest !== form ? [form, finished(rest)] : [form];
  });
  return [...new Set(forms)];
}

interface Cut {
  readonly text: string;
  readonly strength: number;
}

/** The longest start that ends at a joint of each strength. */
function cutAtJoint(sentence: string, language: TextLanguage, limit: number): Cut[] {
  const introduction = language.introduction.exec(sentence)?.[0].length ?? 0;
  const subjectEnd = introduction + SHORTEST_CUT;
  return language.clauseJoints.flatMap((joint, strength) => {
    const ends = [...sentence.matchAll(joint)].map(({ index }) => index).filter((end) => end >= subjectEnd && end <= limit);
    const texts = ends.map((end) => finished(sentence.slice(0, end))).filter((text) => canStand(text, language));
    const longest = texts.sort(byLength)[0];
    return longest === undefined ? [] : [{ text: longest, strength }];
  });
}

function canStand(text: string, language: TextLanguage): boolean {
  const words = tokenize(text);
  const last = words.at(-1)?.lower ?? '';
  return words.length >= 4 && !language.danglingWords.has(last) && balanced(text) && !/[([“"«]\s*$/u.test(text);
}

const balanced = (text: string): boolean =>
  (text.match(/[([]/gu)?.length ?? 0) === (text.match(/[)\]]/gu)?.length ?? 0) && (text.match(/"/gu)?.length ?? 0) % 2 === 0 && (text.match(/“/gu)?.length ?? 0) === (text.match(/”/gu)?.length ?? 0);

/** The last resort: whole words and an ellipsis. */
function cutAtWord(sentence: string, language: TextLanguage, limit: number): string {
  const words = sentence.split(' ');
  let text = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (text.length + word.length + 2 > limit) break;
    text += ` ${word}`;
  }
  while (language.danglingWords.has(tokenize(text).at(-1)?.lower ?? '') && text.includes(' ')) text = text.replace(/\s+\S+$/u, '');
  return `${text.replace(/[,;:–—-]+$/u, '').slice(0, limit - 1)}…`;
}

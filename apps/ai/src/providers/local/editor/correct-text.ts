import type { ImprovedText, ImproveGoal, Language } from '@tecnocursos/contracts';
import { correctionRules, type CorrectionRule } from './correction-rules.js';

interface Correction {
  readonly start: number;
  readonly end: number;
  readonly after: string;
  readonly rule: CorrectionRule;
}

/** Code, web addresses and markup are no prose: nothing is corrected in them. */
const CLOSED = /```[\s\S]*?(?:```|$)|`[^`\n]{0,500}`|(?:https?:\/\/|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,100}|<[^<>\n]{0,500}>|\$\$?[^$\n]{1,500}\$\$?/g;

const RULES: Readonly<Record<Language, readonly CorrectionRule[]>> = { 'pt-BR': correctionRules('pt-BR'), en: correctionRules('en') };

/** Corrects a text by rules. Each edit's passage stands in the given text, and its correction in the result. */
export function correctText(text: string, language: Language, goals: readonly ImproveGoal[]): ImprovedText {
  const corrections: Correction[] = [];
  const taken = new Uint8Array(text.length + 1);
  for (const match of text.matchAll(CLOSED)) taken.fill(1, match.index, match.index + match[0].length);
  for (const rule of RULES[language].filter(({ goal }) => goals.includes(goal))) {
    for (const match of text.matchAll(rule.pattern)) {
      const correction = correctionAt(match, rule);
      if (!correction || taken.subarray(correction.start, correction.end).includes(1)) continue;
      taken.fill(1, correction.start, correction.end);
      corrections.push(correction);
    }
  }
  return applied(text, corrections.sort((one, other) => one.start - other.start));
}

/** What is the same at both ends of a match is no part of the correction, up to the start of a word. */
function correctionAt(match: RegExpExecArray, rule: CorrectionRule): Correction | undefined {
  const [before] = match;
  const after = rule.correct(match);
  if (after === undefined || after === before) return undefined;
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  const cut = before.slice(0, same).lastIndexOf(' ') + 1;
  return { start: match.index + cut, end: match.index + before.length, after: after.slice(cut), rule };
}

function applied(text: string, corrections: readonly Correction[]): ImprovedText {
  let improved = '';
  let position = 0;
  const edits: ImprovedText['edits'] = [];
  for (const { start, end, after, rule } of corrections) {
    improved += text.slice(position, start) + after;
    position = end;
    const [from, to] = wordsAround(text, start, end);
    edits.push({ goal: rule.goal, before: text.slice(from, to), after: text.slice(from, start) + after + text.slice(end, to), reason: rule.reason });
  }
  return { text: improved + text.slice(position), edits };
}

const NEIGHBOURHOOD = 40;

/** A space or a letter alone tells a reader nothing: the words that they stand in or between do. */
function wordsAround(text: string, start: number, end: number): [number, number] {
  const isWord = /[\p{L}\p{N}]/u.test(text.slice(start, end));
  const [toLeft, toRight] = isWord ? [/[\p{L}\p{N}]*$/u, /^[\p{L}\p{N}]*/u] : [/\S*\s*$/u, /^\s*\S*/u];
  const before = toLeft.exec(text.slice(Math.max(0, start - NEIGHBOURHOOD), start))?.[0].length ?? 0;
  const behind = toRight.exec(text.slice(end, end + NEIGHBOURHOOD))?.[0].length ?? 0;
  return [start - before, end + behind];
}

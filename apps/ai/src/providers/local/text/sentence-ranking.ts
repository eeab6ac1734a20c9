import type { TextLanguage } from './text-language.js';
import { contentStems } from './words.js';

/** Sentences beyond this many are not compared with each other; the graph grows with the square. */
const MOST_SENTENCES = 400;
const ROUNDS = 20;
const DAMPING = 0.85;

/**
 * Scores of sentences, the larger the more central (TextRank: a sentence matters when it shares words with sentences that
 * matter). Same length and order as the input; sentences beyond the bound score 0.
 */
export function rankSentences(sentences: readonly string[], language: TextLanguage): number[] {
  const compared = sentences.slice(0, MOST_SENTENCES);
  const bags = compared.map((sentence) => new Set(contentStems(sentence, language)));
  const edges = similarities(bags);
  let scores = bags.map(() => 1);
  for (let round = 0; round < ROUNDS; round += 1) scores = step(scores, edges);
  return sentences.map((_, index) => (scores[index] ?? 0) * lengthFactor(bags[index]?.size ?? 0));
}

interface Edge {
  readonly to: number;
  readonly share: number;
}

function step(scores: readonly number[], edges: readonly (readonly Edge[])[]): number[] {
  const next = scores.map(() => 1 - DAMPING);
  edges.forEach((list, from) => {
    for (const { to, share } of list) next[to] = (next[to] ?? 0) + DAMPING * share * (scores[from] ?? 0);
  });
  return next;
}

function similarities(bags: readonly ReadonlySet<string>[]): Edge[][] {
  const overlaps = bags.map(() => new Map<number, number>());
  for (const members of membersByStem(bags).values()) {
    for (const one of members) for (const other of members) if (one !== other) overlaps[one]?.set(other, (overlaps[one]?.get(other) ?? 0) + 1);
  }
  return overlaps.map((row, from) => {
    const weights = [...row].map(([to, shared]) => ({ to, weight: shared / (1 + Math.log(1 + (bags[from]?.size ?? 0)) + Math.log(1 + (bags[to]?.size ?? 0))) }));
    const total = weights.reduce((sum, { weight }) => sum + weight, 0);
    return weights.map(({ to, weight }) => ({ to, share: weight / total }));
  });
}

/** Stems that stand in two sentences or more, but not in so many that they tell nothing. */
function membersByStem(bags: readonly ReadonlySet<string>[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  bags.forEach((bag, index) => {
    for (const stem of bag) members.set(stem, [...(members.get(stem) ?? []), index]);
  });
  const most = Math.max(3, bags.length * 0.5);
  return new Map([...members].filter(([, list]) => list.length > 1 && list.length <= most));
}

/** Very short sentences say little, very long ones are hard to use. */
const lengthFactor = (contentWords: number): number => (contentWords < 3 ? 0.3 : contentWords > 30 ? 0.6 : 1);

/** Indexes of the best `count` sentences, in the order of the text. */
export function bestInOrder(scores: readonly number[], count: number): number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .sort((one, other) => other.score - one.score || one.index - other.index)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((one, other) => one - other);
}

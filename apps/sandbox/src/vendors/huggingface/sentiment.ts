import { wordsOf } from '../../compose/language.js';

const GOOD = new Set([
  'adorei', 'adoro', 'amei', 'amo', 'ótimo', 'ótima', 'otimo', 'otima', 'excelente', 'maravilhoso', 'maravilhosa', 'bom', 'boa', 'gostei', 'gosto', 'incrível', 'perfeito', 'perfeita', 'feliz',
  'parabéns', 'claro', 'clara', 'fantástico', 'melhor', 'love', 'loved', 'great', 'excellent', 'wonderful', 'good', 'amazing', 'perfect', 'happy', 'best', 'clear', 'fantastic', 'liked', 'enjoyed',
]);
const BAD = new Set([
  'odiei', 'odeio', 'péssimo', 'péssima', 'horrível', 'ruim', 'terrível', 'detestei', 'chato', 'chata', 'triste', 'pior', 'confuso', 'confusa', 'decepcionante', 'fraco', 'fraca', 'hate', 'hated',
  'terrible', 'horrible', 'bad', 'awful', 'boring', 'sad', 'worst', 'confusing', 'disappointing', 'poor', 'disliked',
]);
const NEGATIONS = new Set(['não', 'nao', 'nunca', 'nem', 'not', 'never', "don't", "didn't", "isn't"]);
/** A negation turns the next so many words. */
const NEGATION_REACH = 3;
const STEEPNESS = 1.6;
const NEUTRAL_WEIGHT = 1.2;

export interface Mood {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

/** Mood of a text by a small list of words in Portuguese and English; the three sum to 1. */
export function moodOf(text: string): Mood {
  const words = wordsOf(text.toLowerCase());
  let balance = 0;
  for (const [index, word] of words.entries()) {
    const value = GOOD.has(word) ? 1 : BAD.has(word) ? -1 : 0;
    const isNegated = words.slice(Math.max(0, index - NEGATION_REACH), index).some((before) => NEGATIONS.has(before));
    balance += isNegated ? -value : value;
  }
  const weights = { positive: Math.exp(STEEPNESS * balance), neutral: Math.exp(NEUTRAL_WEIGHT), negative: Math.exp(-STEEPNESS * balance) };
  const total = weights.positive + weights.neutral + weights.negative;
  return { positive: weights.positive / total, neutral: weights.neutral / total, negative: weights.negative / total };
}

/** The classes that a family of models answers with: three by name, two in capitals, five stars, or numbers alone. */
export function labelsOf(model: string, { positive, neutral, negative }: Mood): { label: string; score: number }[] {
  if (/sst-?2/i.test(model)) return scaled([['POSITIVE', positive], ['NEGATIVE', negative]]);
  if (/nlptown|stars/i.test(model)) {
    return scaled([['1 star', negative * 0.7], ['2 stars', negative * 0.3], ['3 stars', neutral], ['4 stars', positive * 0.4], ['5 stars', positive * 0.6]]);
  }
  if (/twitter-roberta-base-sentiment$/i.test(model)) return scaled([['LABEL_0', negative], ['LABEL_1', neutral], ['LABEL_2', positive]]);
  return scaled([['negative', negative], ['neutral', neutral], ['positive', positive]]);
}

function scaled(classes: readonly (readonly [string, number])[]): { label: string; score: number }[] {
  const total = classes.reduce((sum, [, score]) => sum + score, 0);
  return classes.map(([label, score]) => ({ label, score: score / total }));
}

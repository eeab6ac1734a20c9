import type { Sentiment } from '../ports/sentiment-classifier.port.js';

export interface ClassScore {
  readonly label: string;
  /** 0 to 1. */
  readonly score: number;
}

type Label = Sentiment['label'];

const NAMES: Readonly<Record<string, Label>> = {
  positive: 'positive', pos: 'positive', neutral: 'neutral', neu: 'neutral', negative: 'negative', neg: 'negative', mixed: 'mixed',
  '1 star': 'negative', '2 stars': 'negative', '3 stars': 'neutral', '4 stars': 'positive', '5 stars': 'positive',
};

/** Models without names for their classes number them from the bad to the good. */
const NUMBERED: Readonly<Record<number, readonly Label[]>> = { 2: ['negative', 'positive'], 3: ['negative', 'neutral', 'positive'] };

/**
 * The likeliest sentiment of a classifier's classes; classes that mean the same, such as four and five stars, count together. Undefined when a class is none of a
 * sentiment.
 */
export function sentimentOf(classes: readonly ClassScore[]): { label: Label; score: number } | undefined {
  const sums = new Map<Label, number>();
  for (const { label, score } of classes) {
    const house = houseLabel(label, classes.length);
    if (house === undefined || !(score >= 0 && score <= 1)) return undefined;
    sums.set(house, (sums.get(house) ?? 0) + score);
  }
  const [best] = [...sums].toSorted(([, a], [, b]) => b - a);
  return best && { label: best[0], score: Math.min(1, best[1]) };
}

function houseLabel(label: string, classes: number): Label | undefined {
  const named = NAMES[label.toLowerCase()];
  const number = /^LABEL_(\d)$/.exec(label)?.[1];
  return named ?? (number === undefined ? undefined : NUMBERED[classes]?.[Number(number)]);
}

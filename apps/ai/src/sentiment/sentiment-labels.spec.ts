import { describe, expect, it } from 'vitest';
import { sentimentOf, type ClassScore } from './sentiment-labels.js';

const classes = (scores: Record<string, number>): ClassScore[] => Object.entries(scores).map(([label, score]) => ({ label, score }));

describe('sentimentOf', () => {
  it.each([
    ['names', { positive: 0.2, neutral: 0.7, negative: 0.1 }, { label: 'neutral', score: 0.7 }],
    ['short names', { POS: 0.2, NEU: 0.1, NEG: 0.7 }, { label: 'negative', score: 0.7 }],
    ['three numbers', { LABEL_0: 0.1, LABEL_1: 0.2, LABEL_2: 0.7 }, { label: 'positive', score: 0.7 }],
    ['two numbers', { LABEL_0: 0.1, LABEL_1: 0.9 }, { label: 'positive', score: 0.9 }],
    ['stars', { '1 star': 0.3, '2 stars': 0, '3 stars': 0, '4 stars': 0.25, '5 stars': 0.45 }, { label: 'positive', score: 0.7 }],
  ])('reads %s', (_title, scores, expected) => {
    expect(sentimentOf(classes(scores))).toEqual({ label: expected.label, score: expect.closeTo(expected.score) });
  });

  it.each([['other classes', { cat: 0.9, dog: 0.1 }], ['a score that is none', { positive: 4 }], ['five numbers', { LABEL_0: 1, LABEL_1: 0, LABEL_2: 0, LABEL_3: 0, LABEL_4: 0 }], ['nothing', {}]])('refuses %s', (_title, scores) => {
    expect(sentimentOf(classes(scores))).toBeUndefined();
  });
});

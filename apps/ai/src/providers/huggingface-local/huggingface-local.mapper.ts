import type { ClassScore } from '../../sentiment/sentiment-labels.js';

/** Characters that stay below the 512 tokens of the usual models, in Portuguese and English. */
const WINDOW = 1_000;

/** Cuts a text that the model would cut off at its end: at the last space of each window, so that all of it counts. */
export function windowsOf(text: string): string[] {
  const windows: string[] = [];
  let rest = text.trim();
  while (rest.length > WINDOW) {
    const space = rest.lastIndexOf(' ', WINDOW);
    const end = space > WINDOW / 2 ? space : WINDOW;
    windows.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...windows, rest];
}

/** Scores of the whole: those of its windows, weighted by length. */
export function combine(windows: readonly string[], classes: readonly (readonly ClassScore[])[]): ClassScore[] {
  const total = windows.reduce((sum, window) => sum + window.length, 0);
  const sums = new Map<string, number>();
  classes.forEach((scores, index) => {
    const share = (windows[index]?.length ?? 0) / total;
    for (const { label, score } of scores) sums.set(label, (sums.get(label) ?? 0) + score * share);
  });
  return [...sums].map(([label, score]) => ({ label, score }));
}

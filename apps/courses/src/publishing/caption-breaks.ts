/** What the last words of a line say about breaking after them: the lower, the better the break reads. */
export const BREAK_COST = { sentence: 0, clause: 3, before_link: 7, plain: 12, after_link: 30 } as const;

const SENTENCE_END = /[.!?…]["'”’»)\]]*$/u;
const CLAUSE_END = /[,;:—–][”’"')\]]*$/u;

/** Words that lean on the next one: a line that ends in one of them makes the reader wait. */
const LINKS = new Set(
  (
    'a o as os um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para com sem sob sobre entre até e ou nem mas que se ao aos à às ' +
    'seu sua seus suas este esta esse essa cada muito mais menos não quando como onde porque ' +
    'the an of in on at to for from by with without and or but nor that which who is are was were be its this these those each very more less not when how where because'
  ).split(' '),
);

export interface TextWord {
  text: string;
  sentence: number;
}

export function breakCost(word: TextWord, next: TextWord | undefined): number {
  if (next === undefined || next.sentence !== word.sentence || SENTENCE_END.test(word.text)) return BREAK_COST.sentence;
  if (CLAUSE_END.test(word.text)) return BREAK_COST.clause;
  if (isLink(word.text)) return BREAK_COST.after_link;
  return isLink(next.text) ? BREAK_COST.before_link : BREAK_COST.plain;
}

function isLink(text: string): boolean {
  return LINKS.has(text.toLowerCase().replace(/^[^\p{L}]+/u, ''));
}

export const LINE_LENGTH = 42;

export interface WrappedText {
  lines: string[];
  cost: number;
}

/** One line when it fits, else two, parted where it reads best and even in length; null when two lines do not hold the words. */
export function wrapInTwoLines(words: readonly TextWord[]): WrappedText | null {
  const lengths = words.map((word) => word.text.length);
  const total = lengths.reduce((sum, length) => sum + length + 1, -1);
  if (total <= LINE_LENGTH) return { lines: [joined(words)], cost: 0 };
  let best: { at: number; cost: number } | null = null;
  let first = -1;
  for (let at = 1; at < words.length; at += 1) {
    first += (lengths[at - 1] ?? 0) + 1;
    const second = total - first - 1;
    if (first > LINE_LENGTH) break;
    const word = words[at - 1];
    if (second > LINE_LENGTH || word === undefined) continue;
    const cost = breakCost(word, words[at]) / 2 + Math.abs(first - second) / 6;
    if (best === null || cost < best.cost) best = { at, cost };
  }
  return best && { lines: [joined(words.slice(0, best.at)), joined(words.slice(best.at))], cost: best.cost };
}

function joined(words: readonly TextWord[]): string {
  return words.map((word) => word.text).join(' ');
}

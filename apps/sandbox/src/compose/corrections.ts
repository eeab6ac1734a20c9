export type CorrectionKind = 'spacing' | 'repetition' | 'capital' | 'punctuation';

/** A sentence of a text that was mended: `before` stands in the text letter by letter. */
export interface Correction {
  readonly before: string;
  readonly after: string;
  readonly kind: CorrectionKind;
}

export interface CorrectedText {
  readonly text: string;
  readonly corrections: readonly Correction[];
}

interface Rule {
  readonly kind: CorrectionKind;
  readonly pattern: RegExp;
  readonly mend: (match: string) => string;
}

const RULES: readonly Rule[] = [
  { kind: 'spacing', pattern: /(?<=\S)[^\S\n]{2,}(?=\S)/g, mend: () => ' ' },
  { kind: 'spacing', pattern: /(?<=\S)[^\S\n]+(?=[,.;:!?](?:\s|$))/g, mend: () => '' },
  { kind: 'repetition', pattern: /(?<![\p{L}\p{N}])(\p{L}{2,})(?:[^\S\n]+\1)+(?![\p{L}\p{N}])/giu, mend: (match) => match.split(/\s+/)[0] ?? match },
  { kind: 'capital', pattern: /^\p{Ll}/u, mend: (match) => match.toUpperCase() },
];
const LEAD = /^\s*(?:\[\d+\]\s*)?(?:[-*+•>]\s+|\d{1,3}[.)]\s+)*/;
const NOT_PROSE = /^\s*(?:\[\d+\]\s*)?(?:#{1,6}\s|\||```|<)/;
const SENTENCE = /[^.!?…]+(?:[.!?…]+["”»)]*|$)/g;
/** A line with fewer words is a heading or a label, and takes no full stop. */
const SENTENCE_WORDS = 4;

/** Light corrections: double spaces, repeated words, small letters at the beginning of sentences, a missing full stop. Marks, tables, code and tags stay. */
export function correct(source: string): CorrectedText {
  const corrections: Correction[] = [];
  let isCode = false;
  const lines = source.split('\n').map((line) => {
    if (/^\s*```/.test(line)) isCode = !isCode;
    return isCode || NOT_PROSE.test(line) ? line : correctLine(line, corrections);
  });
  return { text: lines.join('\n'), corrections };
}

function correctLine(line: string, corrections: Correction[]): string {
  const lead = LEAD.exec(line)?.[0] ?? '';
  const prose = line.slice(lead.length).trimEnd();
  const tail = line.slice(lead.length + prose.length);
  const isLong = prose.split(/\s+/).length >= SENTENCE_WORDS;
  const mended = prose.replace(SENTENCE, (piece, offset: number) => {
    const space = /^\s*/.exec(piece)?.[0] ?? '';
    const before = piece.slice(space.length);
    const isLast = offset + piece.length === prose.length;
    const isAfterSpace = offset === 0 || space !== '';
    const { after, kind } = correctSentence(before, isAfterSpace && isLong ? RULES : RULES.filter((rule) => rule.kind !== 'capital'));
    const ended = isLast && isLong && /[\p{L}\p{N})”"]$/u.test(after) ? `${after}.` : after;
    if (ended !== before) corrections.push({ before, after: ended, kind: kind ?? 'punctuation' });
    return space + ended;
  });
  return lead + mended + tail;
}

function correctSentence(sentence: string, rules: readonly Rule[]): { after: string; kind: CorrectionKind | undefined } {
  let [after, first]: [string, CorrectionKind | undefined] = [sentence, undefined];
  for (const { kind, pattern, mend } of rules) {
    const mended = after.replace(pattern, mend);
    if (mended !== after) first ??= kind;
    after = mended;
  }
  return { after, kind: first };
}

/** A place of a text that was mended. */
export interface Correction {
  readonly before: string;
  readonly after: string;
  readonly kind: 'spacing' | 'repetition' | 'capital' | 'punctuation';
}

export interface CorrectedText {
  readonly text: string;
  readonly corrections: readonly Correction[];
}

interface Rule {
  readonly kind: Correction['kind'];
  readonly pattern: RegExp;
  readonly mend: (match: string) => string;
}

const RULES: readonly Rule[] = [
  { kind: 'spacing', pattern: /\S[^\S\n]{2,}\S/g, mend: (match) => match.replace(/\s+/, ' ') },
  { kind: 'spacing', pattern: /\S[^\S\n]+[,.;:!?](?=\s|$)/g, mend: (match) => match.replace(/\s+/, '') },
  { kind: 'repetition', pattern: /(?<![\p{L}\p{N}])(\p{L}{2,})(?:[^\S\n]+\1)+(?![\p{L}\p{N}])/giu, mend: (match) => match.split(/\s+/)[0] ?? match },
  { kind: 'capital', pattern: /(?:^|(?<=[.!?]\s))\p{Ll}\p{L}*/gmu, mend: (match) => match.charAt(0).toUpperCase() + match.slice(1) },
  { kind: 'punctuation', pattern: /[\p{L}\p{N})”"]$/gmu, mend: (match) => `${match}.` },
];
/** A line with fewer words is a heading or a label, and takes no full stop. */
const SENTENCE_WORDS = 4;

/** Light corrections: double spaces, repeated words, small letters at the beginning of sentences, a missing full stop. */
export function correct(source: string): CorrectedText {
  const corrections: Correction[] = [];
  let text = source.trim();
  for (const { kind, pattern, mend } of RULES) {
    text = text.replace(pattern, (match: string, ...rest: unknown[]) => {
      if (kind === 'punctuation' && !isSentence(text, rest)) return match;
      const after = mend(match);
      if (after !== match) corrections.push({ before: match, after, kind });
      return after;
    });
  }
  return { text, corrections };
}

function isSentence(text: string, rest: readonly unknown[]): boolean {
  const offset = rest.find((value) => typeof value === 'number') ?? 0;
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset + 1);
  return !/^\s*(?:\[\d+\]\s*)?[#|]/.test(line) && line.trim().split(/\s+/).length >= SENTENCE_WORDS;
}

import { closed, countWords } from '../text/words.js';
import { bulletsOf } from './bullets.js';
import type { ScriptContext } from './script-context.js';
import type { SlideDraft, Spoken } from './slide-draft.js';

export interface ProseSentence {
  readonly text: string;
  readonly paragraph: number;
}

/** Words over one slide: about half a minute. */
const WANTED_WORDS = 72;
const MOST_WORDS = 95;
const STUB_WORDS = 22;
const LONGEST_WORD = 15;

export const wordsIn = (sentences: readonly ProseSentence[]): number => sentences.reduce((sum, { text }) => sum + spokenLength(text), 0);

/** Words, counting strings without spaces by their length. */
const spokenLength = (text: string): number => Math.max(countWords(text), Math.floor(text.length / LONGEST_WORD));

export function proseDrafts(sentences: readonly ProseSentence[], context: ScriptContext): SlideDraft[] {
  return chunkProse(sentences).map((chunk) => proseDraft(chunk, context));
}

export function proseDraft(chunk: readonly ProseSentence[], context: ScriptContext): SlideDraft {
  const texts = chunk.map(({ text }) => text);
  return { body: { kind: 'bullets', bullets: bulletsOf(texts, context), ordered: false }, spoken: spokenProse(chunk), matter: texts.join(' ') };
}

export const spokenProse = (chunk: readonly ProseSentence[]): Spoken[] =>
  chunk.map(({ text, paragraph }, index) => ({ text: closed(text), newParagraph: chunk[index - 1]?.paragraph !== paragraph }));

/** Sentences in runs of half a minute each, parted where a paragraph ends when one does. */
export function chunkProse(sentences: readonly ProseSentence[]): ProseSentence[][] {
  const total = wordsIn(sentences);
  if (sentences.length === 0) return [];
  const count = Math.max(1, Math.round(total / WANTED_WORDS), Math.ceil(total / MOST_WORDS));
  const chunks: ProseSentence[][] = [];
  let chunk: ProseSentence[] = [];
  let spoken = 0;
  let rest = total;
  for (const sentence of sentences) {
    const wanted = rest / Math.max(1, count - chunks.length);
    const words = spokenLength(sentence.text);
    const startsParagraph = chunk.length > 0 && chunk.at(-1)?.paragraph !== sentence.paragraph;
    if (chunk.length > 0 && (spoken + words / 2 > wanted || (startsParagraph && spoken > wanted * 0.7)) && chunks.length < count - 1) {
      chunks.push(chunk);
      rest -= spoken;
      chunk = [];
      spoken = 0;
    }
    chunk.push(sentence);
    spoken += words;
  }
  return withoutStub([...chunks, chunk]);
}

function withoutStub(chunks: ProseSentence[][]): ProseSentence[][] {
  const last = chunks.at(-1);
  const before = chunks.at(-2);
  if (!last || !before || wordsIn(last) >= STUB_WORDS) return chunks;
  return [...chunks.slice(0, -2), [...before, ...last]];
}

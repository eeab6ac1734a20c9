import type { Block } from '@tecnocursos/contracts';
import { splitSentences } from '../text/sentences.js';
import { countWords } from '../text/words.js';
import { chunkProse, proseDrafts, spokenProse, wordsIn, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import { say, type SlideDraft } from './slide-draft.js';

const LONGEST_TALK_WORDS = 150;

/** Speaker notes as sentences; empty when the section has none. */
export function noteSentences(blocks: readonly Block[], context: ScriptContext): ProseSentence[] {
  const notes = blocks.filter((block) => block.type === 'notes').flatMap(({ text }) => text.split(/\n\s*\n/));
  return notes.flatMap((paragraph, index) => splitSentences(paragraph, context.language).filter((text) => countWords(text) > 0).map((text) => ({ text, paragraph: index })));
}

/** What the teacher says replaces what would be read out: the notes are spread over the section's slides in order. */
export function withNotes(drafts: readonly SlideDraft[], notes: readonly ProseSentence[], context: ScriptContext): SlideDraft[] {
  if (drafts.length === 0) return proseDrafts(notes, context);
  const shares = spread(notes, drafts.map(weight));
  return drafts.flatMap((draft, index) => {
    const share = shares[index] ?? [];
    if (share.length === 0) return [{ ...draft, spoken: [say(context.phrase(context.phrases.onScreen))] }];
    // A long talk over one slide shows it again for each part.
    const parts = wordsIn(share) > LONGEST_TALK_WORDS ? chunkProse(share) : [share];
    return parts.map((part) => ({ ...draft, spoken: spokenProse(part) }));
  });
}

const weight = ({ spoken }: SlideDraft): number => Math.max(1, spoken.reduce((sum, { text }) => sum + countWords(text), 0));

/** Consecutive sentences for each slide, about as many words as its weight; each slide gets one while there are enough. */
function spread(notes: readonly ProseSentence[], weights: readonly number[]): ProseSentence[][] {
  const totalWords = notes.reduce((sum, { text }) => sum + countWords(text), 0);
  const totalWeight = weights.reduce((sum, value) => sum + value, 0);
  const shares: ProseSentence[][] = weights.map(() => []);
  let slide = 0;
  let words = 0;
  let limit = ((weights[0] ?? 0) / totalWeight) * totalWords;
  notes.forEach((sentence, index) => {
    const slidesLeft = weights.length - 1 - slide;
    const isFull = words >= limit - countWords(sentence.text) / 2 || notes.length - index <= slidesLeft;
    if ((shares[slide]?.length ?? 0) > 0 && isFull && slidesLeft > 0) {
      slide += 1;
      limit += ((weights[slide] ?? 0) / totalWeight) * totalWords;
    }
    shares[slide]?.push(sentence);
    words += countWords(sentence.text);
  });
  return shares;
}

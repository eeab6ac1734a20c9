import type { Block, Language } from '@tecnocursos/contracts';
import { splitSentences } from '../text/sentences.js';

/** Sentences of the running text of blocks: paragraphs, list items of sentence length, speaker notes. */
export function proseSentences(blocks: readonly Block[], language: Language): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph' || block.type === 'notes') return splitSentences(block.text, language);
    if (block.type === 'list') return block.items.flatMap(({ text }) => splitSentences(text, language));
    return [];
  });
}

/** Sentences of paragraphs and notes alone. */
export function paragraphSentences(blocks: readonly Block[], language: Language): string[] {
  return blocks.flatMap((block) => (block.type === 'paragraph' || block.type === 'notes' ? splitSentences(block.text, language) : []));
}

import type { Document } from '@tecnocursos/contracts';
import { blockWords } from '../../providers/local/document/sections.js';

/** Words of a document's text that become a minute of narration, as measured on the bundled lesson. */
const WORDS_PER_MINUTE = 115;
const FRAME_WORDS = 90;

/** Minutes that the narration of a range of blocks takes, about. Speaker notes are narrated in place of what they stand beside. */
export function minutesOf(document: Document, first: number, end: number): number {
  const blocks = document.blocks.slice(first, end);
  const notes = blocks.filter(({ type }) => type === 'notes');
  const words = (notes.length > 0 ? notes : blocks).reduce((sum, block) => sum + blockWords(block), FRAME_WORDS);
  return Math.max(0.5, Math.round((words / WORDS_PER_MINUTE) * 10) / 10);
}

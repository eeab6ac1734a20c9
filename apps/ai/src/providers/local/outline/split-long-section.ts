import { blockWords, type Section } from '../document/sections.js';

/** Sections longer than this share of a lesson are cut between blocks. */
const LONGEST_SHARE = 1.3;
const PIECE_SHARE = 0.5;

/** Text without headings: cut between blocks into pieces of about half a lesson. */
export function splitLongSection(section: Section, lessonWords: number): Section[] {
  if (section.words <= lessonWords * LONGEST_SHARE || section.blocks.some(({ type }) => type === 'notes')) return [section];
  const count = Math.ceil(section.words / (lessonWords * PIECE_SHARE));
  const wanted = section.words / count;
  const offset = section.endBlock - section.blocks.length;
  const pieces: Section[] = [];
  let start = 0;
  let words = 0;
  section.blocks.forEach((block, index) => {
    words += blockWords(block);
    const next = section.blocks[index + 1];
    const isLast = next === undefined;
    if (!isLast && (words < wanted || belongsBefore(next.type))) return;
    pieces.push({
      ...section,
      level: pieces.length === 0 ? section.level : 0,
      firstBlock: pieces.length === 0 ? section.firstBlock : offset + start,
      endBlock: offset + index + 1,
      blocks: section.blocks.slice(start, index + 1),
      words,
    });
    start = index + 1;
    words = 0;
  });
  return pieces;
}

/** Lists, tables, pictures and code stay with the text that leads to them. */
const belongsBefore = (type: Section['blocks'][number]['type']): boolean => type !== 'paragraph';

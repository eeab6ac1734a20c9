import type { Block, Document } from '@tecnocursos/contracts';
import { cleanTitle, isSkippedHeading, shortTitle } from '../text/headings.js';
import { oneLine } from '../text/sentences.js';
import type { TextLanguage } from '../text/text-language.js';
import { countWords } from '../text/words.js';

/** A heading with the blocks up to the next heading of any level. */
export interface Section {
  /** Absent for what stands before the first heading. */
  readonly title: string | undefined;
  /** Level of the heading; 0 without one. */
  readonly level: number;
  readonly firstBlock: number;
  readonly endBlock: number;
  /** Without the heading. */
  readonly blocks: readonly Block[];
  /** Words that its narration will have, about. */
  readonly words: number;
}

const TITLE_IS_AMONG_FIRST = 4;
const LONGEST_TITLE = 160;

/** Index of the heading that is the document's title and opens no section of its own. */
export function titleHeading(document: Document, language: TextLanguage): number | undefined {
  const first = document.blocks.findIndex(({ type }) => type === 'heading');
  const block = document.blocks[first];
  if (block?.type !== 'heading' || first >= TITLE_IS_AMONG_FIRST) return undefined;
  const others = document.blocks.filter((other, index) => index !== first && other.type === 'heading' && !isSkippedHeading(other.text, language));
  if (others.length === 0) return undefined;
  const alone = others.every((other) => other.type === 'heading' && other.level > block.level);
  return alone || (oneLine(block.text) === oneLine(document.title) && document.blocks[first + 1]?.type === 'heading') ? first : undefined;
}

/** Sections of a range of blocks in order, without bibliographies, tables of contents and the like. */
export function sectionsOf(document: Document, language: TextLanguage, from = 0, to = document.blocks.length): Section[] {
  const title = titleHeading(document, language);
  const sections: Section[] = [];
  let skippedLevel = Infinity;
  for (let start = from; start < to;) {
    const heading = document.blocks[start];
    const end = nextHeading(document.blocks, start + 1, to);
    const level = heading?.type === 'heading' && start !== title ? heading.level : 0;
    if (level > 0 && level <= skippedLevel) skippedLevel = heading?.type === 'heading' && isSkippedHeading(heading.text, language) ? level : Infinity;
    if (skippedLevel === Infinity) sections.push(sectionAt(document.blocks, start, end, level, language, start === title));
    start = end;
  }
  const substantial = sections.filter(({ blocks, title: name }) => blocks.length > 0 || name !== undefined);
  return substantial.length > 0 || skippedLevel === Infinity ? substantial : unskipped(document, from, to, language);
}

function sectionAt(blocks: readonly Block[], start: number, end: number, level: number, language: TextLanguage, isTitle: boolean): Section {
  const first = blocks[start];
  const content = blocks.slice(first?.type === 'heading' ? start + 1 : start, end);
  const title = first?.type === 'heading' && !isTitle ? shortTitle(cleanTitle(first.text, language), LONGEST_TITLE) : undefined;
  return { title, level, firstBlock: start, endBlock: end, blocks: content, words: sectionWords(content) };
}

/** A document that is nothing but a bibliography is taken as it is. */
function unskipped(document: Document, from: number, to: number, language: TextLanguage): Section[] {
  return [sectionAt(document.blocks, from, to, 0, language, false)];
}

function nextHeading(blocks: readonly Block[], from: number, to: number): number {
  let index = from;
  while (index < to && blocks[index]?.type !== 'heading') index += 1;
  return index;
}

function sectionWords(blocks: readonly Block[]): number {
  const notes = blocks.filter(({ type }) => type === 'notes');
  return (notes.length > 0 ? notes : blocks).reduce((sum, block) => sum + blockWords(block), 0);
}

const CODE_WORDS = 20;
const TABLE_WORDS = { least: 12, row: 8, most: 70 } as const;
const PICTURE_WORDS = 8;

/** Words that a block takes to narrate, about. */
export function blockWords(block: Block): number {
  switch (block.type) {
    case 'heading':
      return 0;
    case 'paragraph':
    case 'notes':
      return countWords(block.text);
    case 'list':
      return block.items.reduce((sum, { text }) => sum + countWords(text), 0);
    case 'table':
      return block.rows.flat().some((cell) => countWords(cell) > 0) ? Math.min(TABLE_WORDS.most, TABLE_WORDS.least + TABLE_WORDS.row * block.rows.length) : 0;
    case 'code':
      return CODE_WORDS;
    case 'picture':
      return PICTURE_WORDS + countWords(block.caption ?? block.alt);
  }
}

/** Whether the blocks hold any words of the author: pictures without a caption don't. */
export const hasText = (blocks: readonly Block[]): boolean =>
  blocks.some((block) => (block.type === 'picture' ? countWords(`${block.caption ?? ''} ${block.alt}`) > 0 : block.type === 'heading' ? countWords(block.text) > 0 : blockWords(block) > 0));

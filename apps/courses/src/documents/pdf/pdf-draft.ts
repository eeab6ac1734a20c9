import type { Block } from '@tecnocursos/contracts';

/** A block on its way, with what the joining of pages and the ranking of headings need. */
export interface DraftBlock {
  block: Block;
  page: number;
  /** Points from the page's top. */
  top: number;
  bottom: number;
  /** Looks of a heading, for its level; absent when the document itself tells the level. */
  look?: { size: number; bold: boolean };
}

export type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;

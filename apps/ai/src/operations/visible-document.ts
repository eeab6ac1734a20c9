import type { Block, Document } from '@tecnocursos/contracts';
import { visibleText } from './clean-text.js';

/** A text that nothing was left of keeps its place, since lessons count blocks. */
const shown = (text: string): string => visibleText(text) || ' ';

/** A document with nothing hidden in it, for models and engines alike. Blocks keep their numbers. */
export const visibleDocument = (document: Document): Document => ({ ...document, title: shown(document.title), blocks: document.blocks.map(visibleBlock) });

function visibleBlock(block: Block): Block {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'code':
    case 'notes':
      return { ...block, text: shown(block.text) };
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, text: shown(item.text) })) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(visibleText)) };
    case 'picture':
      return { ...block, alt: visibleText(block.alt), ...(block.caption !== undefined && { caption: visibleText(block.caption) }) };
  }
}

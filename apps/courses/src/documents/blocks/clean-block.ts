import type { Block } from '@tecnocursos/contracts';
import { cleanCode, cleanLine, cleanLines } from '../clean-text.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';

const LONGEST_HEADING = 250;

/** A block with clean text: nothing when nothing is left of it, paragraphs when it was a table for looks only. */
export function cleanBlock(block: Block): Block[] {
  switch (block.type) {
    case 'heading':
      return cleanHeading(block);
    case 'paragraph':
      return nonEmpty({ ...block, text: cleanLine(block.text) });
    case 'notes':
      return nonEmpty({ ...block, text: cleanLines(block.text) });
    case 'code':
      return nonEmpty({ ...block, text: cleanCode(block.text) });
    case 'list':
      return cleanList(block);
    case 'table':
      return cleanTable(block);
    case 'picture':
      return [cleanPicture(block)];
  }
}

type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;

function nonEmpty<TextBlock extends Extract<Block, { text: string }>>(block: TextBlock): TextBlock[] {
  return block.text === '' ? [] : [block];
}

function cleanHeading(block: BlockOf<'heading'>): Block[] {
  const text = cleanLine(block.text);
  if (text.length > LONGEST_HEADING) return [{ type: 'paragraph', text }];
  return nonEmpty({ ...block, level: Math.min(6, Math.max(1, block.level)), text });
}

function cleanList(block: BlockOf<'list'>): Block[] {
  const items = block.items
    .map(({ text, level }) => ({ text: cleanLine(text), level: Math.min(DOCUMENT_LIMITS.listLevels, Math.max(0, level)) }))
    .filter(({ text }) => text !== '');
  return items.length === 0 ? [] : [{ ...block, items }];
}

function cleanTable(block: BlockOf<'table'>): Block[] {
  const rows = block.rows.map((row) => row.map(cleanLine)).filter((row) => row.some((cell) => cell !== ''));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => rows.some((row) => (row[column] ?? '') !== ''));
  if (columns.length < 2) return rows.flatMap((row) => nonEmpty({ type: 'paragraph', text: row.join(' ').trim() }));
  return [{ ...block, rows: rows.map((row) => columns.map((column) => row[column] ?? '')) }];
}

function cleanPicture(block: BlockOf<'picture'>): BlockOf<'picture'> {
  const caption = cleanLine(block.caption ?? '');
  return { type: 'picture', image_id: block.image_id, alt: cleanAlt(block.alt), ...(caption !== '' && { caption }) };
}

/** Programs that describe pictures by themselves sign for it; file names describe nothing. */
function cleanAlt(alt: string): string {
  const text = cleanLine(alt).replace(/\.?\s*(descrição gerada automaticamente|description automatically generated)\.?$/i, '');
  return /^[\w-]+\.(png|jpe?g|gif|bmp|tiff?|webp)$/i.test(text) ? '' : text;
}

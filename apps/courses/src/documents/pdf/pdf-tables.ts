import type { LineJoiner } from './pdf-hyphens.js';
import type { PageTable } from './pdf-grids.js';
import type { BlockOf } from './pdf-draft.js';

export function tableBlock({ cells }: PageTable, joiner: LineJoiner): BlockOf<'table'> {
  const rows = cells.map((row) => row.map((cell) => joiner.join(cell.map(({ text }) => text))));
  const [first, ...rest] = cells;
  const isBold = (row: PageTable['cells'][number]): boolean => row.flat().length > 0 && row.flat().every(({ bold }) => bold);
  const boldHeader = first !== undefined && isBold(first) && rest.some((row) => !isBold(row));
  return { type: 'table', header: boldHeader || namesNumbers(rows), rows };
}

const NUMBER = /^[-+]?(?:R\$|US\$|\$|€)?\s*\d[\d.,\s]*(?:%|[\p{L}°º²³/]{1,10})?$/u;

/** Words over a column of numbers are its name. */
export function namesNumbers([first, ...rest]: ReadonlyArray<readonly string[]>): boolean {
  if (first === undefined || rest.length === 0 || first.some((cell) => cell === '' || NUMBER.test(cell))) return false;
  return first.some((_, column) => rest.every((row) => NUMBER.test(row[column] ?? '')));
}

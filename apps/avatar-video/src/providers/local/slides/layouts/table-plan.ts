import type { Rectangle } from '../element.js';
import { cutLines, textWidth, wrapLines, type TextStyle } from '../text-fit.js';

export interface TableCell {
  lines: string[];
  numeric: boolean;
}

export interface TablePlan {
  size: number;
  columnWidths: number[];
  rows: { cells: TableCell[]; height: number }[];
  truncated: boolean;
}

export const CELL_LINE = 1.28;
const SIZES = [26, 24, 22, 20, 19, 18, 17, 16, 15, 14, 13];
const MAX_COLUMNS = 10;
const NUMERIC = /^[-+−±≈~]?\s?(?:R\$|US\$|\$|€)?\s?\d[\d.,\s]*\s?(?:%|°C|[a-zµ]{1,4}\d?)?$/iu;

export const cellPadding = (size: number): { x: number; y: number } => ({ x: Math.round(size * 0.7), y: Math.round(size * 0.46) });

/** Chooses the largest font size at which the whole table fits; at the smallest, cells and then rows are cut. */
export function planTable(rawRows: readonly (readonly string[])[], header: boolean, area: Rectangle): TablePlan {
  const columns = Math.min(MAX_COLUMNS, Math.max(...rawRows.map((row) => row.length)));
  const rows = rawRows.map((row) => Array.from({ length: columns }, (_, column) => row[column] ?? ''));
  const tooWide = rawRows.some((row) => row.length > columns);
  for (const size of SIZES) {
    const plan = planAt(rows, header, area, size);
    if (plan && heightOf(plan) <= area.height) return { ...plan, truncated: tooWide };
  }
  return cutTable(rows, header, area, SIZES.at(-1) ?? 13);
}

const heightOf = ({ rows }: TablePlan): number => rows.reduce((sum, { height }) => sum + height, 0);

const cellStyle = (rowIndex: number, header: boolean, size: number): TextStyle => ({ size, weight: header && rowIndex === 0 ? 800 : 400 });

/** Undefined when a word would have to be broken at this size. */
function planAt(rows: readonly string[][], header: boolean, area: Rectangle, size: number): TablePlan | undefined {
  const columnWidths = shareWidth(rows, header, area.width, size);
  return columnWidths && layRows(rows, header, columnWidths, size);
}

function layRows(rows: readonly string[][], header: boolean, columnWidths: number[], size: number): TablePlan {
  const padding = cellPadding(size);
  const laid = rows.map((row, rowIndex) => {
    const cells = row.map((text, column): TableCell => ({
      lines: wrapLines(text, (columnWidths[column] ?? 0) - 2 * padding.x, cellStyle(rowIndex, header, size)),
      numeric: isNumericColumn(rows, column, header),
    }));
    return { cells, height: rowHeight(cells, size) };
  });
  return { size, columnWidths, rows: laid, truncated: false };
}

const rowHeight = (cells: readonly TableCell[], size: number): number =>
  Math.ceil(Math.max(1, ...cells.map(({ lines }) => lines.length)) * size * CELL_LINE + 2 * cellPadding(size).y);

const isNumericColumn = (rows: readonly string[][], column: number, header: boolean): boolean =>
  rows.slice(header ? 1 : 0).every((row) => row[column] === '' || NUMERIC.test(row[column] ?? '')) && rows.some((row, index) => index >= (header ? 1 : 0) && row[column] !== '');

/** Each column gets its longest word, and a share of the rest by how much more its text asks for. */
function shareWidth(rows: readonly string[][], header: boolean, width: number, size: number): number[] | undefined {
  const padding = 2 * cellPadding(size).x;
  const columns = rows[0]?.map((_, column) => columnNeeds(rows, header, column, size, padding)) ?? [];
  const least = columns.reduce((sum, { least }) => sum + least, 0);
  if (least > width) return undefined;
  const wanted = columns.reduce((sum, column) => sum + column.wanted, 0);
  if (wanted <= width) return columns.map((column) => column.wanted + ((width - wanted) * column.wanted) / wanted);
  const share = (width - least) / (wanted - least);
  return columns.map((column) => column.least + (column.wanted - column.least) * share);
}

function columnNeeds(rows: readonly string[][], header: boolean, column: number, size: number, padding: number): { least: number; wanted: number } {
  let least = size * 2;
  let wanted = size * 2;
  rows.forEach((row, rowIndex) => {
    const text = row[column] ?? '';
    const style = cellStyle(rowIndex, header, size);
    wanted = Math.max(wanted, textWidth(text, style));
    for (const word of text.split(' ')) least = Math.max(least, textWidth(word, style));
  });
  return { least: least + padding + 1, wanted: Math.max(least, wanted) + padding + 1 };
}

/** The last resort: even columns where words are too long, two lines a cell, and a row of dots for the rows left out. */
function cutTable(rows: readonly string[][], header: boolean, area: Rectangle, size: number): TablePlan {
  const columns = rows[0]?.length ?? 1;
  const columnWidths = shareWidth(rows, header, area.width, size) ?? Array.from({ length: columns }, () => area.width / columns);
  const full = layRows(rows, header, columnWidths, size);
  const cutTo = (limit: number): TablePlan['rows'] =>
    full.rows.map(({ cells }, rowIndex) => {
      const cut = cells.map((cell, column) => ({ ...cell, lines: cutLines(cell.lines, limit, (columnWidths[column] ?? 0) - 2 * cellPadding(size).x, cellStyle(rowIndex, header, size)) }));
      return { cells: cut, height: rowHeight(cut, size) };
    });
  for (const limit of [6, 5, 4, 3, 2]) {
    const plan = { ...full, rows: cutTo(limit), truncated: true };
    if (heightOf(plan) <= area.height) return plan;
  }
  return { ...full, rows: dropRows(cutTo(2), area.height, size), truncated: true };
}

function dropRows(rows: TablePlan['rows'], height: number, size: number): TablePlan['rows'] {
  const dots = { cells: [{ lines: [`… +${rows.length}`], numeric: false }], height: rowHeight([], size) };
  let used = dots.height;
  const kept = rows.filter((row) => (used += row.height) <= height);
  return [...kept, { ...dots, cells: [{ lines: [`… +${rows.length - kept.length}`], numeric: false }] }];
}

import type { PageTable } from './pdf-grids.js';
import { makeLine, type Line } from './pdf-lines.js';
import { union } from './pdf-page.js';

/** Segments on one baseline. */
export interface Row {
  segments: Line[];
  baseline: number;
  size: number;
}

export type FlowItem = { kind: 'line'; line: Line } | { kind: 'table'; table: PageTable };

/** Finds tables without borders by their columns in a column of text; everything else becomes whole lines. */
export function toFlow(segments: readonly Line[]): FlowItem[] {
  const rows = groupRows(segments);
  const items: FlowItem[] = [];
  for (let at = 0; at < rows.length; ) {
    const run = runFrom(rows, at);
    const table = run.length < 2 ? undefined : alignedTable(run);
    if (table !== undefined) {
      items.push({ kind: 'table', table });
      at += run.length;
    } else {
      const row = rows[at];
      if (row !== undefined) items.push({ kind: 'line', line: makeLine(row.segments.flatMap(({ fragments }) => fragments)) });
      at += 1;
    }
  }
  return items;
}

function groupRows(segments: readonly Line[]): Row[] {
  const rows: Row[] = [];
  for (const segment of [...segments].sort((one, other) => one.baseline - other.baseline)) {
    const row = rows.at(-1);
    if (row !== undefined && segment.baseline - row.baseline <= 0.42 * Math.max(segment.size, row.size)) {
      row.segments.push(segment);
      row.segments.sort((one, other) => one.left - other.left);
      row.size = Math.max(row.size, segment.size);
    } else {
      rows.push({ segments: [segment], baseline: segment.baseline, size: segment.size });
    }
  }
  return rows;
}

/** In font sizes. */
const WIDEST_ROW_GAP = 3.6;
const TIGHT_ROW_GAP = 1.4;
const MOST_ROWS = 200;

/** Rows from one of several segments on, as far as they may belong to one table. */
function runFrom(rows: readonly Row[], start: number): Row[] {
  const first = rows[start];
  if (first === undefined || (first.segments.length < 2 && !isHalfRow(rows, start))) return [];
  const run = [first];
  for (const row of rows.slice(start + 1, start + MOST_ROWS)) {
    const previous = run.at(-1) ?? first;
    const gap = (row.baseline - previous.baseline) / Math.max(row.size, previous.size);
    if (gap > WIDEST_ROW_GAP || (row.segments.length < 2 && gap > TIGHT_ROW_GAP)) break;
    if (row.segments.some(({ monospace }) => monospace) && row.segments.length < 2) break;
    run.push(row);
  }
  while (run.length > 1 && (run.at(-1)?.segments.length ?? 0) < 2 && !isHalf(run.at(-2), run.at(-1))) run.pop();
  return run;
}

/** Cells in the middle of their height put lines of taller neighbours closer than any two lines of a text. */
const HALF_ROW_GAP = 0.92;

function isHalf(above: Row | undefined, below: Row | undefined): boolean {
  return above !== undefined && below !== undefined && below.baseline - above.baseline < HALF_ROW_GAP * Math.max(above.size, below.size);
}

function isHalfRow(rows: readonly Row[], index: number): boolean {
  return isHalf(rows[index], rows[index + 1]) && (rows[index + 1]?.segments.length ?? 0) >= 2;
}

interface Column {
  left: number;
  right: number;
}

function alignedTable(run: readonly Row[]): PageTable | undefined {
  const columns = columnsOf(run.filter(({ segments }) => segments.length > 1));
  if (columns.length < 2) return undefined;
  const cells: Line[][][] = [];
  let previous: Row | undefined;
  for (const row of run) {
    const placed = row.segments.map((segment) => columns.findIndex(({ left, right }) => segment.left < right && segment.right > left));
    if (placed.includes(-1) || new Set(placed).size !== placed.length) return undefined;
    const isContinuation = isHalf(previous, row) || (!placed.includes(0) && previous !== undefined && isTight(previous, row) && placed.length < columns.length);
    const target = isContinuation ? cells.at(-1) : undefined;
    const cellsOfRow = target ?? columns.map((): Line[] => []);
    if (target === undefined) cells.push(cellsOfRow);
    row.segments.forEach((segment, index) => cellsOfRow[placed[index] ?? 0]?.push(segment));
    previous = row;
  }
  return isConvincing(cells, columns.length) ? { ...union(run.flatMap(({ segments }) => segments)), cells } : undefined;
}

function isTight(above: Row, below: Row): boolean {
  return below.baseline - above.baseline <= TIGHT_ROW_GAP * Math.max(above.size, below.size);
}

function columnsOf(rows: readonly Row[]): Column[] {
  const spans = rows.flatMap(({ segments }) => segments.map(({ left, right }) => ({ left, right }))).sort((one, other) => one.left - other.left);
  const columns: Column[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last !== undefined && span.left < last.right) last.right = Math.max(last.right, span.right);
    else columns.push({ ...span });
  }
  return columns;
}

const LONGEST_CELL = 200;

function isConvincing(cells: readonly Line[][][], columns: number): boolean {
  const filled = cells.reduce((sum, row) => sum + row.filter((cell) => cell.length > 0).length, 0);
  const longest = Math.max(...cells.flat().map((cell) => cell.reduce((sum, { text }) => sum + text.length, 0)));
  return cells.length >= (columns === 2 ? 3 : 2) && filled >= cells.length * columns * 0.6 && longest <= LONGEST_CELL;
}

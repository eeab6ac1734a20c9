import type { BuildContext } from './pdf-block-builder.js';
import type { DraftBlock } from './pdf-draft.js';
import type { Line } from './pdf-lines.js';
import { union, type StructureLeaf, type StructureNode } from './pdf-page.js';
import { namesNumbers } from './pdf-tables.js';

interface TaggedCell {
  isHeader: boolean;
  lines: Line[];
}

/** Points by which the left edges of cells of one column may differ. */
const SAME_COLUMN = 30;

/** Tables of a structure tree. Empty cells have no element in some programs' trees, so places decide the columns of short rows. */
export class TaggedTables {
  readonly #linesOf: (node: StructureNode) => Line[];
  readonly #context: BuildContext;

  constructor(linesOf: (node: StructureNode) => Line[], context: BuildContext) {
    this.#linesOf = linesOf;
    this.#context = context;
  }

  table(node: StructureNode): DraftBlock[] {
    const rows = rowsOf(node).map((row) => cellsOf(row).map((cell) => ({ isHeader: cell.role === 'TH', lines: this.#linesOf(cell) })));
    const lines = rows.flat().flatMap((cell) => cell.lines);
    if (lines.length === 0) return [];
    const columns = columnEdges(rows);
    const texts = rows.map((row) => this.#placed(row, columns));
    const header = rows.length > 1 && ((rows[0]?.every(({ isHeader }) => isHeader) ?? false) || namesNumbers(texts));
    const { top, bottom } = union(lines);
    return [{ block: { type: 'table', header, rows: texts }, page: this.#context.page, top, bottom }];
  }

  #placed(row: readonly TaggedCell[], columns: readonly number[]): string[] {
    const texts = row.map(({ lines }) => this.#context.joiner.join(lines.map(({ text }) => text)));
    if (row.length >= columns.length) return texts;
    const placed = columns.map(() => '');
    row.forEach(({ lines }, index) => {
      const left = Math.min(...lines.map((line) => line.left));
      const column = nearest(columns, left, index);
      placed[column] = [placed[column], texts[index]].filter(Boolean).join(' ');
    });
    return placed;
  }
}

function columnEdges(rows: ReadonlyArray<readonly TaggedCell[]>): number[] {
  const widest = rows.reduce((best, row) => (row.length > best.length ? row : best), []);
  return widest.map((_, column) => {
    const lefts = rows.filter((row) => row.length === widest.length).flatMap((row) => row[column]?.lines ?? []).map(({ left }) => left);
    return lefts.length === 0 ? Infinity : Math.min(...lefts);
  });
}

function nearest(columns: readonly number[], left: number, fallback: number): number {
  const distances = columns.map((edge) => Math.abs(edge - left));
  const best = distances.indexOf(Math.min(...distances));
  return (distances[best] ?? Infinity) <= SAME_COLUMN ? best : fallback;
}

function isNode(child: StructureNode | StructureLeaf): child is StructureNode {
  return 'role' in child;
}

function rowsOf(node: StructureNode): StructureNode[] {
  return node.children.filter(isNode).flatMap((child) => (child.role === 'TR' ? [child] : rowsOf(child)));
}

function cellsOf(row: StructureNode): StructureNode[] {
  return row.children.filter(isNode).filter(({ role }) => role === 'TD' || role === 'TH');
}

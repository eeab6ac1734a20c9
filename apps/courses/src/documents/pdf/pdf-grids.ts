import { toLines, type Line } from './pdf-lines.js';
import { heightOf, union, widthOf, type Box, type Fragment } from './pdf-page.js';

/** A table found on a page. */
export interface PageTable extends Box {
  /** Lines of each cell, by row and column. */
  cells: Line[][][];
}

/** Points by which borders that meet may miss each other. */
const TOUCH = 2.5;
const SAME_BORDER = 4;
const MOST_RULES = 2_500;

/** Tables drawn with borders. Fragments inside of them belong to their cells from then on. */
export function findGrids(rules: readonly Box[], fragments: readonly Fragment[]): { tables: PageTable[]; rest: Fragment[] } {
  const tables: PageTable[] = [];
  let rest = [...fragments];
  for (const group of rules.length > MOST_RULES ? [] : touchingGroups(rules)) {
    const box = union(group);
    const inside = rest.filter((fragment) => isInside(fragment, box));
    const table = inside.length < 2 ? undefined : gridOf(group, box, inside);
    if (table === undefined) continue;
    tables.push(table);
    rest = rest.filter((fragment) => !isInside(fragment, box));
  }
  return { tables, rest };
}

function isInside(fragment: Fragment, box: Box): boolean {
  const middle = fragment.baseline - fragment.size * 0.3;
  return fragment.left >= box.left - TOUCH && fragment.left < box.right && middle > box.top && middle < box.bottom;
}

/** Groups of rules that touch, directly or through others. */
function touchingGroups(rules: readonly Box[]): Box[][] {
  const groups: Array<{ box: Box; members: Box[] }> = [];
  for (const rule of [...rules].sort((one, other) => one.top - other.top)) {
    const touching = groups.filter(({ members }) => members.some((member) => touches(member, rule)));
    const members = [rule, ...touching.flatMap((group) => group.members)];
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({ box: union(members), members });
  }
  return groups.filter(({ members }) => members.length >= 4).map(({ members }) => members);
}

function touches(one: Box, other: Box): boolean {
  return one.left <= other.right + TOUCH && other.left <= one.right + TOUCH && one.top <= other.bottom + TOUCH && other.top <= one.bottom + TOUCH;
}

function gridOf(rules: readonly Box[], box: Box, fragments: readonly Fragment[]): PageTable | undefined {
  const upright = rules.filter((rule) => heightOf(rule) > widthOf(rule));
  const level = rules.filter((rule) => widthOf(rule) >= heightOf(rule));
  const columns = borders([...upright.map(({ left, right }) => (left + right) / 2), box.left, box.right]);
  const rows = borders([...level.map(({ top, bottom }) => (top + bottom) / 2), box.top, box.bottom]);
  if (columns.length < 3 || rows.length < 3) return undefined;
  const cells = Array.from({ length: rows.length - 1 }, () => Array.from({ length: columns.length - 1 }, (): Fragment[] => []));
  for (const fragment of fragments) {
    const row = indexIn(rows, fragment.baseline - fragment.size * 0.3);
    const column = indexIn(columns, fragment.left + TOUCH);
    cells[row]?.[column]?.push(fragment);
  }
  const lines = cells.map((row) => row.map((cell) => toLines(cell)));
  return isTable(lines) ? { ...box, cells: lines } : undefined;
}

function borders(positions: readonly number[]): number[] {
  const distinct: number[] = [];
  for (const position of [...positions].sort((one, other) => one - other)) {
    if (distinct.length === 0 || position - (distinct.at(-1) ?? 0) > SAME_BORDER) distinct.push(position);
  }
  return distinct;
}

function indexIn(sorted: readonly number[], position: number): number {
  const after = sorted.findIndex((border) => border > position);
  return after === -1 ? sorted.length - 2 : Math.max(0, after - 1);
}

/** Frames, forms and charts have borders, too: a table has text in two columns of two rows, and few empty cells. */
function isTable(cells: readonly Line[][][]): boolean {
  const filled = cells.map((row) => row.filter((cell) => cell.length > 0).length);
  const rows = filled.filter((count) => count > 0);
  const total = rows.reduce((sum, count) => sum + count, 0);
  const columns = cells[0]?.length ?? 0;
  return rows.filter((count) => count >= 2).length >= 2 && total >= rows.length * columns * 0.4;
}

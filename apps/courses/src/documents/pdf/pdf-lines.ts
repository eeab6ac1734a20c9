import { heightOf, type Box, type Fragment } from './pdf-page.js';

/** Neighbouring fragments on one baseline. */
export interface Line extends Box {
  fragments: Fragment[];
  text: string;
  baseline: number;
  /** Font size of most of its characters. */
  size: number;
  bold: boolean;
  italic: boolean;
  monospace: boolean;
}

/** Share of the font size by which baselines of one row may differ: indices and exponents. */
const BASELINE_SLACK = 0.42;
const ASCENT = 0.8;
const DESCENT = 0.22;

/** Groups fragments into rows from top to bottom; each row is sorted from left to right. */
export function toRows(fragments: readonly Fragment[]): Fragment[][] {
  const sorted = [...fragments].sort((one, other) => one.baseline - other.baseline);
  const rows: Array<{ anchor: Fragment; members: Fragment[] }> = [];
  for (const fragment of sorted) {
    const row = rows.at(-1);
    if (row !== undefined && Math.abs(fragment.baseline - row.anchor.baseline) <= BASELINE_SLACK * Math.max(fragment.size, row.anchor.size)) {
      row.members.push(fragment);
      if (fragment.size > row.anchor.size) row.anchor = fragment;
    } else {
      rows.push({ anchor: fragment, members: [fragment] });
    }
  }
  return rows.map(({ members }) => withoutOverprints(members.sort((one, other) => one.left - other.left)));
}

/** Some programs paint a text twice to make it bold. */
function withoutOverprints(row: readonly Fragment[]): Fragment[] {
  return row.filter((fragment, index) => {
    const before = row[index - 1];
    return before === undefined || before.text !== fragment.text || Math.abs(before.left - fragment.left) > fragment.size * 0.2;
  });
}

/** Lines of text in one column, whatever the gaps in them. */
export function toLines(fragments: readonly Fragment[]): Line[] {
  return toRows(fragments).map(makeLine);
}

const MARKER_ONLY = /^(?:[•●○◦▪■□‣⁃∙·–—*➢✓❖►➔→-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])$/u;

/** Splits each row where columns may part: at gaps wider than any space between words. */
export function toSegments(fragments: readonly Fragment[]): Line[] {
  return toRows(fragments).flatMap((row) => {
    const groups: Fragment[][] = [];
    let last: Fragment | undefined;
    for (const fragment of row) {
      const group = groups.at(-1);
      const isMarker = group !== undefined && MARKER_ONLY.test(group.map(({ text }) => text).join('').trim());
      if (group !== undefined && last !== undefined && (isMarker || !isColumnGap(last, fragment))) group.push(fragment);
      else groups.push([fragment]);
      last = fragment;
    }
    return groups.map(makeLine);
  });
}

function isColumnGap(before: Fragment, after: Fragment): boolean {
  if (before.monospace && after.monospace) return false;
  return after.left - before.right > Math.max(6, 0.95 * Math.max(before.size, after.size));
}

export function makeLine(fragments: Fragment[]): Line {
  const main = dominant(fragments);
  const left = Math.min(...fragments.map((fragment) => fragment.left));
  const right = Math.max(...fragments.map((fragment) => fragment.right));
  const { baseline, size } = main;
  return {
    fragments,
    text: joinFragments(fragments),
    left,
    right,
    baseline,
    size,
    top: baseline - size * ASCENT,
    bottom: baseline + size * DESCENT,
    bold: share(fragments, (fragment) => fragment.bold) > 0.9,
    italic: share(fragments, (fragment) => fragment.italic) > 0.9,
    monospace: share(fragments, (fragment) => fragment.monospace) > 0.9,
  };
}

function dominant(fragments: readonly Fragment[]): Fragment {
  const characters = new Map<number, number>();
  for (const { size, text } of fragments) characters.set(rounded(size), (characters.get(rounded(size)) ?? 0) + text.trim().length);
  const most = [...characters].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, -1]);
  const found = fragments.find(({ size }) => rounded(size) === most[0]) ?? fragments[0];
  if (found === undefined) throw new RangeError('A line has at least one fragment.');
  return found;
}

function rounded(size: number): number {
  return Math.round(size * 4) / 4;
}

function share(fragments: readonly Fragment[], test: (fragment: Fragment) => boolean): number {
  const total = fragments.reduce((sum, { text }) => sum + text.trim().length, 0);
  return fragments.reduce((sum, fragment) => sum + (test(fragment) ? fragment.text.trim().length : 0), 0) / Math.max(1, total);
}

/** Share of the font size from which a gap is a space. */
const SPACE = 0.17;

export function joinFragments(fragments: readonly Fragment[]): string {
  let text = '';
  let last: Fragment | undefined;
  for (const fragment of fragments) {
    if (last !== undefined && isSpaced(last, fragment) && !/\s$/.test(text)) text += ' ';
    text += fragment.text;
    last = fragment;
  }
  return text.replace(/\s+/g, ' ').trim();
}

function isSpaced(before: Fragment, after: Fragment): boolean {
  const gap = after.left - before.right;
  const size = Math.max(before.size, after.size);
  return gap > SPACE * size || (after.spaceBefore && gap > -SPACE * size && !isShifted(before, after));
}

/** Indices and exponents stand close by, though the stream may put a line end before them. */
function isShifted(before: Fragment, after: Fragment): boolean {
  return Math.abs(before.baseline - after.baseline) > 0.1 * Math.max(before.size, after.size) && after.left - before.right < 0.05 * before.size;
}

export function middleOf(box: Box): number {
  return box.top + heightOf(box) / 2;
}

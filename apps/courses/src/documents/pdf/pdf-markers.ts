import type { Line } from './pdf-lines.js';
import type { Box } from './pdf-page.js';

export interface Marker {
  ordered: boolean;
  /** Number of an ordered item; letters count from 1, too. */
  value: number;
  /** Left edge of the marker, which tells the level. */
  left: number;
  /** The item's text on this line. */
  text: string;
}

const BULLET = /^[•●○◦▪■□‣⁃∙·–➢✓❖►➔→*-]\s+(?=\S)/u;
const ORDINAL = /^\(?(\d{1,2}|[a-z])[.)]\s+(?=\S)/;

/** What makes a line the first of a list's item: a sign, a number, or a small shape painted to its left. */
export function markerOf(line: Line, dots: readonly Box[]): Marker | undefined {
  const bullet = BULLET.exec(line.text);
  if (bullet !== null) return { ordered: false, value: 0, left: line.left, text: line.text.slice(bullet[0].length) };
  const ordinal = ORDINAL.exec(line.text);
  if (ordinal !== null) return { ordered: true, value: valueOf(ordinal[1] ?? ''), left: line.left, text: line.text.slice(ordinal[0].length) };
  const dot = dots.find((candidate) => isBeside(candidate, line));
  return dot && { ordered: false, value: 0, left: dot.left, text: line.text };
}

function valueOf(ordinal: string): number {
  return /\d/.test(ordinal) ? Number(ordinal) : ordinal.charCodeAt(0) - 96;
}

function isBeside(dot: Box, line: Line): boolean {
  const middle = (dot.top + dot.bottom) / 2;
  const gap = line.left - dot.right;
  return middle < line.baseline && middle > line.baseline - line.size * 0.9 && gap >= -1 && gap < line.size * 2.5;
}

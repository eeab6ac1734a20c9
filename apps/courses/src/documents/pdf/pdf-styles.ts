import type { Line } from './pdf-lines.js';

/** What is usual in a document, against which headings stand out. */
export interface DocumentStyle {
  /** Font size of most characters, in points. */
  bodySize: number;
  /** Distance of baselines within a paragraph, in font sizes. */
  leading: number;
  /** Whether most text is monospaced, which then says nothing about code. */
  isMonospaced: boolean;
  /** Whether most text is bold, which then says nothing about headings. */
  isBold: boolean;
}

/** @param columns lines of each column of each page, from top to bottom. */
export function styleOf(columns: ReadonlyArray<readonly Line[]>): DocumentStyle {
  const lines = columns.flat();
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  const prose = lines.filter(({ monospace }) => !monospace);
  const isMonospaced = countOf(lines.filter(({ monospace }) => monospace)) > characters * 0.6;
  return {
    bodySize: weightedMode((isMonospaced ? lines : prose).map(({ size, text }) => [size, text.length]), 0.5) ?? 11,
    leading: weightedMode(columns.flatMap(gapsOf), 0.05) ?? 1.2,
    isMonospaced,
    isBold: countOf(lines.filter(({ bold }) => bold)) > characters * 0.6,
  };
}

function countOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}

const NARROWEST_LEADING = 0.95;
const WIDEST_LEADING = 2.4;

/** Gaps between lines of one size, in font sizes, weighted by the shorter line: those within paragraphs are long. */
function gapsOf(lines: readonly Line[]): Array<readonly [number, number]> {
  return lines.slice(1).flatMap((line, index) => {
    const above = lines[index];
    if (above === undefined || Math.abs(above.size - line.size) > 0.3) return [];
    const gap = (line.baseline - above.baseline) / line.size;
    return gap < NARROWEST_LEADING || gap > WIDEST_LEADING ? [] : [[gap, Math.min(line.text.length, above.text.length)] as const];
  });
}

function weightedMode(values: ReadonlyArray<readonly [number, number]>, step: number): number | undefined {
  const weights = new Map<number, number>();
  for (const [value, weight] of values) {
    const bucket = Math.round(value / step);
    weights.set(bucket, (weights.get(bucket) ?? 0) + weight);
  }
  let best: readonly [number, number] | undefined;
  for (const entry of weights) if (best === undefined || entry[1] > best[1]) best = entry;
  return best && best[0] * step;
}

const LARGER = 1.14;
const LONGEST_BOLD_HEADING = 110;

/** @param isApart whether more space than between lines of a paragraph stands above the line. */
export function looksLikeHeading(line: Line, style: DocumentStyle, { isApart }: { isApart: boolean }): boolean {
  if (!/\p{L}/u.test(line.text) || line.monospace) return false;
  if (line.size >= style.bodySize * LARGER) return true;
  if (!line.bold || style.isBold || line.size < style.bodySize * 0.95) return false;
  return isApart && line.text.length <= LONGEST_BOLD_HEADING && !/[.;,]$/.test(line.text);
}

const SAME_SIZE = 0.04;

/** Levels by looks: the larger the higher; of one size, bold before regular. */
export class HeadingLevels {
  readonly #looks: ReadonlyArray<{ size: number; bold: boolean }>;

  constructor(headings: ReadonlyArray<{ size: number; bold: boolean }>) {
    const looks: Array<{ size: number; bold: boolean }> = [];
    const sorted = [...headings].sort((one, other) => other.size - one.size || Number(other.bold) - Number(one.bold));
    for (const heading of sorted) if (!looks.some((look) => isSameLook(look, heading))) looks.push(heading);
    this.#looks = looks;
  }

  levelOf(heading: { size: number; bold: boolean }): number {
    const index = this.#looks.findIndex((look) => isSameLook(look, heading));
    return Math.min(6, index + 1);
  }
}

function isSameLook(one: { size: number; bold: boolean }, other: { size: number; bold: boolean }): boolean {
  return one.bold === other.bold && Math.abs(one.size - other.size) <= one.size * SAME_SIZE;
}

import type { Line } from './pdf-lines.js';

/** Monospaced lines as text, with the indentation, inner gaps and empty lines that their places show. */
export function codeText(lines: readonly Line[]): string {
  const left = Math.min(...lines.map((line) => line.left));
  const advance = characterWidth(lines);
  const leading = smallestGap(lines);
  let text = '';
  lines.forEach((line, index) => {
    const above = lines[index - 1];
    const breaks = above === undefined ? 0 : Math.min(3, Math.max(1, Math.round((line.baseline - above.baseline) / leading)));
    text += '\n'.repeat(breaks) + lineText(line, left, advance);
  });
  return text;
}

const WIDEST_INDENT = 160;

function lineText(line: Line, left: number, advance: number): string {
  let text = '';
  for (const fragment of line.fragments) {
    const column = Math.min(WIDEST_INDENT, Math.round((fragment.left - left) / advance));
    text = text.padEnd(Math.max(text.length, column)) + fragment.text.trimEnd();
  }
  return text;
}

function characterWidth(lines: readonly Line[]): number {
  const widths = lines
    .flatMap(({ fragments }) => fragments)
    .filter(({ text }) => text.length > 1)
    .map(({ left, right, text }) => (right - left) / text.length)
    .sort((one, other) => one - other);
  return widths[Math.floor(widths.length / 2)] ?? (lines[0]?.size ?? 10) * 0.6;
}

function smallestGap(lines: readonly Line[]): number {
  const gaps = lines.slice(1).map((line, index) => line.baseline - (lines[index]?.baseline ?? 0)).filter((gap) => gap > sizeOf(lines) * 0.9);
  return gaps.length === 0 ? sizeOf(lines) * 1.3 : Math.min(...gaps);
}

function sizeOf(lines: readonly Line[]): number {
  return lines[0]?.size ?? 10;
}

import { fontCatalog, type FontFamily, type FontWeight } from './fonts/font-catalog.js';

export interface TextStyle {
  size: number;
  weight: FontWeight;
  family?: FontFamily;
}

export interface FittedText {
  /** Pixels. */
  size: number;
  lines: string[];
  truncated: boolean;
}

export interface FitBox {
  width: number;
  height: number;
  /** Font sizes to try, the largest first. */
  sizes: readonly number[];
  weight: FontWeight;
  /** Distance of baselines in fractions of the font size. */
  lineHeight: number;
  maxLines?: number;
}

/** Kerning and rounding of the layout engine may add this share to the sum of advances. */
const MEASURE_MARGIN = 1.012;

/** Width in pixels of one line. */
export function textWidth(text: string, { size, weight, family = 'sans' }: TextStyle): number {
  const catalog = fontCatalog();
  let advance = 0;
  for (const character of text) advance += catalog.advance(character.codePointAt(0) ?? 0, family, weight) ?? 0.6;
  return advance * size * MEASURE_MARGIN;
}

/** Breaks at spaces; a word longer than a line is cut. */
export function wrapLines(text: string, width: number, style: TextStyle): string[] {
  const space = textWidth(' ', style);
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  for (const word of text.split(' ').flatMap((part) => cutWord(part, width, style))) {
    const wordWidth = textWidth(word, style);
    if (line !== '' && lineWidth + space + wordWidth > width) {
      lines.push(line);
      line = '';
    }
    lineWidth = line === '' ? wordWidth : lineWidth + space + wordWidth;
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function cutWord(word: string, width: number, style: TextStyle): string[] {
  if (textWidth(word, style) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && textWidth(part + character, style) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return part === '' ? parts : [...parts, part];
}

const widestWord = (text: string, style: TextStyle): number => Math.max(...text.split(' ').map((word) => textWidth(word, style)));

/** The largest size at which the text fits its box, with no word cut if that can be; at the smallest size the rest is cut off with an ellipsis. */
export function fitText(text: string, box: FitBox): FittedText {
  const whole = box.sizes.filter((size) => widestWord(text, { size, weight: box.weight }) <= box.width);
  for (const size of whole.length > 0 ? whole : box.sizes) {
    const lines = wrapLines(text, box.width, { size, weight: box.weight });
    if (lines.length <= lineLimit(box, size)) return { size, lines: wrapEvenly(text, box.width, { size, weight: box.weight }), truncated: false };
  }
  const size = box.sizes.at(-1) ?? 16;
  const limit = lineLimit(box, size);
  return { size, lines: cutLines(wrapLines(text, box.width, { size, weight: box.weight }), limit, box.width, { size, weight: box.weight }), truncated: true };
}

const lineLimit = (box: FitBox, size: number): number =>
  Math.max(1, Math.min(box.maxLines ?? Infinity, Math.floor(box.height / (size * box.lineHeight))));

/** The same number of lines, as even as can be down to a share of the width: no last line of one word. */
export function wrapEvenly(text: string, width: number, style: TextStyle, leastShare = 0.5): string[] {
  const lines = wrapLines(text, width, style);
  if (lines.length < 2 || lines.length > 4) return lines;
  let best = lines;
  for (let narrow = width * 0.95; narrow > width * leastShare; narrow -= width * 0.05) {
    const narrower = wrapLines(text, narrow, style);
    if (narrower.length > lines.length) return best;
    best = narrower;
  }
  return best;
}

/** Keeps `limit` lines, the last of which ends in an ellipsis when something was left out. */
export function cutLines(lines: readonly string[], limit: number, width: number, style: TextStyle): string[] {
  if (lines.length <= limit) return [...lines];
  const kept = lines.slice(0, limit);
  let last = [...(kept.pop() ?? '')];
  while (last.length > 0 && textWidth(`${last.join('')}…`, style) > width) last = last.slice(0, -1);
  return [...kept, `${last.join('').trimEnd()}…`];
}

/** One line, cut with an ellipsis when it is too long. */
export const oneLine = (text: string, width: number, style: TextStyle): string =>
  textWidth(text, style) <= width ? text : (cutLines([text, ''], 1, width, style)[0] ?? '…');

/** Range of sizes in whole pixels, the largest first. */
export const sizesBetween = (largest: number, smallest: number, step = 2): number[] =>
  Array.from({ length: Math.floor((largest - smallest) / step) + 1 }, (_, index) => largest - index * step);

import type { Document } from '@tecnocursos/contracts';
import { loadTokenCounter, surelyFits, type CountTokens } from './tokens.js';
import { blockLines } from './untrusted.js';

/** A run of whole blocks, `end` not included, as lines of material. */
export interface DocumentChunk {
  readonly first: number;
  readonly end: number;
  readonly lines: readonly string[];
}

interface Piece extends DocumentChunk {
  readonly tokens: number;
}

/**
 * Divides a range of blocks so that each chunk has about `limit` tokens at most: between sections where it can be, else between blocks. A block that is larger
 * stands alone and whole, since nothing is left out.
 */
export async function divideDocument(document: Document, limit: number, first = 0, end = document.blocks.length): Promise<DocumentChunk[]> {
  const lines = blockLines(document, first, end);
  if (surelyFits(lines.join('\n'), limit)) return [{ first, end, lines }];
  const count = await loadTokenCounter();
  const pieces = lines.map((line, offset): Piece => ({ first: first + offset, end: first + offset + 1, lines: [line], tokens: count(line) + 1 }));
  return packed(sectionsOf(document, pieces, limit), limit).map(({ tokens: _tokens, ...chunk }) => chunk);
}

/** Sections of the highest level first; one that is too long falls apart at its next level, in the end into blocks. */
function sectionsOf(document: Document, pieces: readonly Piece[], limit: number, level = 1): Piece[] {
  if (level > 6) return withHeadings(document, pieces);
  return groupedAtHeadings(document, pieces, level).flatMap((group) => {
    const whole = joined(group);
    return whole.tokens <= limit ? [whole] : sectionsOf(document, group, limit, level + 1);
  });
}

/** Single blocks, a heading with the block that it stands over. */
function withHeadings(document: Document, pieces: readonly Piece[]): Piece[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const before = groups.at(-1)?.at(-1);
    if (before && document.blocks[before.first]?.type === 'heading') groups.at(-1)?.push(piece);
    else groups.push([piece]);
  }
  return groups.map(joined);
}

function groupedAtHeadings(document: Document, pieces: readonly Piece[], level: number): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const block = document.blocks[piece.first];
    const opens = block?.type === 'heading' && block.level <= level;
    if (opens || groups.length === 0) groups.push([piece]);
    else groups.at(-1)?.push(piece);
  }
  return groups;
}

function packed(pieces: readonly Piece[], limit: number): Piece[] {
  const chunks: Piece[][] = [];
  let tokens = 0;
  for (const piece of pieces) {
    if (chunks.length === 0 || tokens + piece.tokens > limit) {
      chunks.push([]);
      tokens = 0;
    }
    chunks.at(-1)?.push(piece);
    tokens += piece.tokens;
  }
  return chunks.map(joined);
}

const joined = (pieces: readonly Piece[]): Piece => ({
  first: pieces[0]?.first ?? 0,
  end: pieces.at(-1)?.end ?? 0,
  lines: pieces.flatMap(({ lines }) => lines),
  tokens: pieces.reduce((sum, { tokens }) => sum + tokens, 0),
});

/** From the strongest joint to the weakest. */
const JOINTS: readonly RegExp[] = [/(?<=\n[^\S\n]*\n)/u, /(?<=\n)/u, /(?<=[.!?…][”"»)]?\s)/u, /(?<=\s)/u];

/** Divides a text into parts of about `limit` tokens at most; joined, they are the text. */
export async function divideText(text: string, limit: number): Promise<string[]> {
  if (surelyFits(text, limit)) return [text];
  return dividedAt(text, limit, await loadTokenCounter(), 0);
}

function dividedAt(text: string, limit: number, count: CountTokens, joint: number): string[] {
  if (joint > JOINTS.length || count(text) <= limit) return [text];
  const pattern = JOINTS[joint];
  const pieces = pattern === undefined ? slices(text) : text.split(pattern);
  const parts: { text: string; tokens: number }[] = [];
  for (const piece of pieces.flatMap((each) => dividedAt(each, limit, count, joint + 1))) {
    const tokens = count(piece);
    const last = parts.at(-1);
    if (last && last.tokens + tokens <= limit) Object.assign(last, { text: last.text + piece, tokens: last.tokens + tokens });
    else parts.push({ text: piece, tokens });
  }
  return parts.map((part) => part.text);
}

/** Characters of a text without any joint that are taken as one. */
const SLICE = 100;

function slices(text: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    const isSurrogatePair = /[\uD800-\uDBFF]/.test(text.charAt(start + SLICE - 1));
    const end = start + SLICE + (isSurrogatePair ? 1 : 0);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

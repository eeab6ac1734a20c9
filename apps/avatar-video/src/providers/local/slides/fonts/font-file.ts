import { inflateSync } from 'node:zlib';

/** What text measuring needs of a font: which characters it draws and how far each moves the pen, in fractions of the font size. */
export interface FontMetrics {
  has(codePoint: number): boolean;
  advance(codePoint: number): number;
}

const WOFF_SIGNATURE = 0x774f4646;

/** Reads the character map and the advance widths of a TrueType or WOFF file (OpenType `cmap` formats 4 and 12, `hhea`, `hmtx`, `head`). */
export function readFontMetrics(file: Buffer): FontMetrics {
  const glyphs = readCharacterMap(table(file, 'cmap'));
  const unitsPerEm = table(file, 'head').readUInt16BE(18);
  const metricCount = table(file, 'hhea').readUInt16BE(34);
  const widths = table(file, 'hmtx');
  const widthOf = (glyph: number): number => widths.readUInt16BE(Math.min(glyph, metricCount - 1) * 4) / unitsPerEm;
  return {
    has: (codePoint) => glyphs.has(codePoint),
    advance: (codePoint) => widthOf(glyphs.get(codePoint) ?? 0),
  };
}

function table(file: Buffer, tag: string): Buffer {
  const found = file.readUInt32BE(0) === WOFF_SIGNATURE ? woffTable(file, tag) : sfntTable(file, tag);
  if (found === undefined) throw new Error(`The font has no ${tag} table`);
  return found;
}

function woffTable(file: Buffer, tag: string): Buffer | undefined {
  for (let index = 0; index < file.readUInt16BE(12); index++) {
    const entry = 44 + index * 20;
    if (file.toString('latin1', entry, entry + 4) !== tag) continue;
    const start = file.readUInt32BE(entry + 4);
    const packedSize = file.readUInt32BE(entry + 8);
    const packed = file.subarray(start, start + packedSize);
    return packedSize < file.readUInt32BE(entry + 12) ? inflateSync(packed) : packed;
  }
  return undefined;
}

function sfntTable(file: Buffer, tag: string): Buffer | undefined {
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const entry = 12 + index * 16;
    if (file.toString('latin1', entry, entry + 4) !== tag) continue;
    const start = file.readUInt32BE(entry + 8);
    return file.subarray(start, start + file.readUInt32BE(entry + 12));
  }
  return undefined;
}

function readCharacterMap(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const start = cmap.readUInt32BE(4 + index * 8 + 4);
    const format = cmap.readUInt16BE(start);
    if (format === 4) readSegments(cmap, start, glyphs);
    if (format === 12) readGroups(cmap, start, glyphs);
  }
  return glyphs;
}

function readSegments(cmap: Buffer, start: number, glyphs: Map<number, number>): void {
  const doubleCount = cmap.readUInt16BE(start + 6);
  for (let offset = 0; offset < doubleCount; offset += 2) {
    const last = cmap.readUInt16BE(start + 14 + offset);
    const first = cmap.readUInt16BE(start + 16 + doubleCount + offset);
    const delta = cmap.readUInt16BE(start + 16 + 2 * doubleCount + offset);
    const rangePosition = start + 16 + 3 * doubleCount + offset;
    const range = cmap.readUInt16BE(rangePosition);
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const listed = range === 0 ? code : readOrZero(cmap, rangePosition + range + 2 * (code - first));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

const readOrZero = (buffer: Buffer, position: number): number => (position + 2 <= buffer.length ? buffer.readUInt16BE(position) : 0);

function readGroups(cmap: Buffer, start: number, glyphs: Map<number, number>): void {
  for (let index = 0; index < cmap.readUInt32BE(start + 12); index++) {
    const group = start + 16 + index * 12;
    const first = cmap.readUInt32BE(group);
    const glyph = cmap.readUInt32BE(group + 8);
    for (let code = first; code <= cmap.readUInt32BE(group + 4); code++) glyphs.set(code, glyph + code - first);
  }
}

import { fontCatalog, type FontFamily } from './fonts/font-catalog.js';

export interface DrawableText {
  text: string;
  /** Characters that no font draws (emoji, scripts outside Latin, Greek and Cyrillic) and that were left out. */
  dropped: number;
}

/** Controls, marks of writing direction, joiners, variation selectors: they have no picture of their own. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFE00-\uFE0F\uFFF0-\uFFFF]/u;
/** Scripts whose letters need joining or writing from right to left, which the layout engine cannot do. */
const UNSHAPED = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** One paragraph: white space becomes single spaces, and every character left has a glyph. */
export function drawableParagraph(raw: string): DrawableText {
  const { text, dropped } = drawable(raw.replace(/\s+/gu, ' '), 'sans');
  return { text: text.replace(/ {2,}/g, ' ').trim(), dropped };
}

/** Lines of source code: indentation stays, tabs become four spaces. */
export function drawableCode(raw: string): DrawableText {
  const lines = raw.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n').map((line) => drawable(line.replace(/\s/gu, ' '), 'mono'));
  return {
    text: lines.map(({ text }) => text.trimEnd()).join('\n').replace(/^\n+|\n+$/g, ''),
    dropped: lines.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}

function drawable(raw: string, family: FontFamily): DrawableText {
  let text = '';
  let dropped = 0;
  for (const character of raw.normalize('NFC')) {
    if (INVISIBLE.test(character)) continue;
    const drawn = glyphsOf(character, family);
    if (drawn === undefined) dropped++;
    else text += drawn;
  }
  return { text, dropped };
}

function glyphsOf(character: string, family: FontFamily): string | undefined {
  if (UNSHAPED.test(character)) return undefined;
  if (hasGlyph(character, family)) return character;
  const plain = character.normalize('NFKC');
  return plain !== character && [...plain].every((part) => hasGlyph(part, family)) ? plain : undefined;
}

const hasGlyph = (character: string, family: FontFamily): boolean =>
  fontCatalog().advance(character.codePointAt(0) ?? 0, family, 400) !== undefined;

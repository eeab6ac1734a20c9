import { describe, expect, it } from 'vitest';
import { drawableCode, drawableParagraph } from './drawable-text.js';
import { fontCatalog } from './fonts/font-catalog.js';

describe('drawableParagraph', () => {
  it('keeps what Portuguese and science need', () => {
    const text = 'Ação, coração, maçã: O₂ → CO₂, x² ≥ 0 – “π ≈ 3,14” … R$ 5,00 ½ µm';
    expect(drawableParagraph(text)).toEqual({ text, dropped: 0 });
  });

  it('joins accents that stand apart from their letters', () => {
    expect(drawableParagraph('ac\u0327a\u0303o').text).toBe('ação');
  });

  it('makes white space single, and takes controls, marks of direction and joiners away without counting them', () => {
    expect(drawableParagraph(' a\u0000b\n\n c\t\u202Ed\u200B ')).toEqual({ text: 'ab c d', dropped: 0 });
  });

  it('drops what no font draws, and counts it', () => {
    expect(drawableParagraph('Ver 漢字 e \u{1F9EC} aqui')).toEqual({ text: 'Ver e aqui', dropped: 3 });
    expect(drawableParagraph('שלום')).toEqual({ text: '', dropped: 4 });
  });

  it('writes letters of mathematics and presentation forms in plain letters', () => {
    expect(drawableParagraph('𝑥 ＝ ㎏ ')).toEqual({ text: 'x = kg', dropped: 0 });
  });

  it('leaves only characters that have a glyph, whatever comes', () => {
    const everything = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join('');
    for (const character of drawableParagraph(everything).text) {
      expect(fontCatalog().advance(character.codePointAt(0) ?? 0, 'sans', 800)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('drawableCode', () => {
  it('keeps indentation, makes tabs four spaces and strips blank lines around', () => {
    expect(drawableCode('\n\nif x:\r\n\treturn 1  \n\n').text).toBe('if x:\n    return 1');
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cleanCode, cleanLine, cleanLines } from './clean-text.js';

describe('clean text', () => {
  it('composes accents, collapses spaces and drops what cannot be seen', () => {
    expect(cleanLine('  foto\u00ADssi\u0301ntese\u200B \u00A0\t e\u0000\u202E vida\uFEFF ')).toBe('fotossíntese e vida');
  });

  it('keeps the lines of notes, and one empty line at most', () => {
    expect(cleanLines('um\r\n\n\n\n dois \u0007\n')).toBe('um\n\ndois');
  });

  it('keeps the indentation of code', () => {
    expect(cleanCode('\n\tse (a)\u0000 {\n\t\treturn  1\u200B;  \n}\n\n')).toBe('    se (a) {\n        return  1;\n}');
  });

  it('never lets a control, zero-width or bidirectional character through', () => {
    const forbidden = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const cleaned of [cleanLine(text), cleanLines(text), cleanCode(text)]) {
          expect(cleaned).not.toMatch(forbidden);
          expect(cleaned.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

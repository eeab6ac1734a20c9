import { describe, expect, it } from 'vitest';
import { highlightCode } from './highlight.js';

const textOf = (code: string, language?: string): string => highlightCode(code, language).map((tokens) => tokens.map(({ text }) => text).join('')).join('\n');

describe('highlightCode', () => {
  it('gives keywords, strings, numbers and comments their roles', () => {
    const roles = new Map(highlightCode('def f():\n    return "a" + 1  # soma', 'python').flat().map(({ text, role }) => [text, role]));
    expect(roles.get('def')).toBe('keyword');
    expect(roles.get('"a"')).toBe('string');
    expect(roles.get('1')).toBe('number');
    expect(roles.get('# soma')).toBe('comment');
  });

  it.each([
    ['html', '<a href="x">&amp; \'q\' &#x27;</a>'],
    ['nonsense', 'x < y && "z" > \'w\''],
    [undefined, 'if (a < b) { return "<\\/span>"; } // &lt;'],
    ['javascript', 'const t = `a ${1 + 2} </span>\nb`;'],
  ])('changes no character of %s', (language, code) => {
    expect(textOf(code, language)).toBe(code);
  });

  it('does not spend time on very long code', () => {
    const code = 'x = 1\n'.repeat(2_000).trimEnd();
    expect(textOf(code, 'python')).toBe(code);
    expect(highlightCode(code, 'python').flat().every(({ role }) => role === 'text')).toBe(true);
  });
});

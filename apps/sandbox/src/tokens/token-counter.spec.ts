import { describe, expect, it } from 'vitest';
import { countTokens, firstTokens, tokenPieces } from './token-counter.js';

describe('tokens', () => {
  it('are counted as OpenAI counts them', () => {
    expect(countTokens('hello world')).toBe(2);
    expect(countTokens('')).toBe(0);
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });

  it.each([['a'.repeat(300_000)], [' '.repeat(300_000)], ['é😀'.repeat(100_000)]])('of a run without end are counted in little time', (text) => {
    const started = performance.now();
    expect(countTokens(text)).toBeGreaterThan(1_000);
    expect(tokenPieces(text.slice(0, 3_000), 7).join('')).toBe(text.slice(0, 3_000));
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('cut a text', () => {
    expect(firstTokens('hello world, hello', 2)).toEqual({ text: 'hello world', count: 2, isCut: true });
    expect(firstTokens('hello', 10)).toEqual({ text: 'hello', count: 1, isCut: false });
  });

  it.each(['Olá, mundo! A fotossíntese 🌱👩🏽‍🔬 produz glicose.', '漢字とかな 𝒳𝒴', 'x'])('stream a text whole: %s', (text) => {
    for (const size of [1, 2, 5]) {
      const pieces = tokenPieces(text, size);
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => piece !== '' && !piece.includes('\uFFFD'))).toBe(true);
    }
  });
});

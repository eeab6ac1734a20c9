import { describe, expect, it } from '@jest/globals';
import { countTokens, firstTokens, tokenPieces } from './token-counter.js';

describe('tokens', () => {
  it('are counted as OpenAI counts them', () => {
    expect(countTokens('hello world')).toBe(2);
    expect(countTokens('')).toBe(0);
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
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

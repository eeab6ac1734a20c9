import { describe, expect, it } from 'vitest';
import { cutLines, fitText, oneLine, sizesBetween, textWidth, wrapEvenly, wrapLines } from './text-fit.js';

const style = { size: 30, weight: 400 } as const;
const sentence = 'A clorofila absorve a luz e a água é quebrada em oxigênio, prótons e elétrons';

describe('text measuring', () => {
  it('measures by the fonts: narrow letters are narrow, larger sizes wider in proportion', () => {
    expect(textWidth('iiii', style)).toBeLessThan(textWidth('MMMM', style) / 2);
    expect(textWidth(sentence, { ...style, size: 60 })).toBeCloseTo(textWidth(sentence, style) * 2, 5);
    expect(textWidth('0000', { ...style, family: 'mono' })).toBeCloseTo(textWidth('iiii', { ...style, family: 'mono' }), 5);
  });
});

describe('wrapLines', () => {
  it('loses no word and no line is wider than asked', () => {
    const lines = wrapLines(sentence, 300, style);
    expect(lines.join(' ')).toBe(sentence);
    for (const line of lines) expect(textWidth(line, style)).toBeLessThanOrEqual(300);
  });

  it('cuts a word that is longer than a line', () => {
    const lines = wrapLines('x'.repeat(200), 300, style);
    expect(lines.join('')).toBe('x'.repeat(200));
    for (const line of lines) expect(textWidth(line, style)).toBeLessThanOrEqual(300);
  });
});

describe('wrapEvenly', () => {
  it('leaves no lone word on the last line', () => {
    const text = 'Fotossíntese e respiração celular das plantas';
    const width = textWidth('Fotossíntese e respiração celular das', style) + 1;
    expect(wrapLines(text, width, style).at(-1)).toBe('plantas');
    expect(wrapEvenly(text, width, style)).toEqual(['Fotossíntese e respiração', 'celular das plantas']);
  });
});

describe('fitText', () => {
  const box = { width: 500, height: 120, sizes: sizesBetween(60, 20), weight: 800, lineHeight: 1.2 } as const;

  it('takes the largest size that fits, and smaller ones for longer texts', () => {
    const short = fitText('Energia', box);
    const long = fitText(sentence, box);
    expect(short).toMatchObject({ size: 60, truncated: false });
    expect(long.size).toBeLessThan(40);
    expect(long.lines.length * long.size * 1.2).toBeLessThanOrEqual(120);
  });

  it('rather gets smaller than cut a word', () => {
    expect(fitText('Anticonstitucionalissimamente', box).lines).toEqual(['Anticonstitucionalissimamente']);
  });

  it('cuts with an ellipsis when nothing else helps', () => {
    const fitted = fitText(sentence.repeat(10), box);
    expect(fitted).toMatchObject({ size: 20, truncated: true });
    expect(fitted.lines.at(-1)).toMatch(/…$/);
    expect(fitted.lines).toHaveLength(5);
  });
});

describe('cutting', () => {
  it('keeps the width with the ellipsis on', () => {
    expect(textWidth(oneLine(sentence, 200, style), style)).toBeLessThanOrEqual(200);
    expect(cutLines(['a', 'b', 'c'], 2, 300, style)).toEqual(['a', 'b…']);
    expect(cutLines(['a', 'b'], 2, 300, style)).toEqual(['a', 'b']);
  });
});

import { describe, expect, it } from 'vitest';
import { documentOf, heading, paragraph } from '../providers/local/testing/document.fixture.js';
import { divideDocument, divideText } from './chunks.js';
import { loadTokenCounter } from './tokens.js';

const sentence = (topic: number): string => `A parte ${topic} explica como a luz se move no vácuo e na matéria. `;
const section = (topic: number, level = 2) => [heading(level, `Seção ${topic}`), paragraph(sentence(topic).repeat(6)), paragraph(sentence(topic).repeat(6))];

describe('a document in chunks', () => {
  it('stays whole when it fits', async () => {
    expect(await divideDocument(documentOf('x', 'pt-BR', section(1)), 24_000)).toEqual([expect.objectContaining({ first: 0, end: 3 })]);
  });

  it('parts between sections, loses no block and stays within the limit', async () => {
    const document = documentOf('x', 'pt-BR', Array.from({ length: 9 }, (_, topic) => section(topic)).flat());
    const chunks = await divideDocument(document, 500);
    const count = await loadTokenCounter();
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks[0]?.first).toBe(0);
    expect(chunks.at(-1)?.end).toBe(document.blocks.length);
    chunks.forEach(({ first, end, lines }, index) => {
      if (index > 0) expect(first).toBe(chunks[index - 1]?.end);
      expect(document.blocks[first]?.type).toBe('heading');
      expect(lines).toHaveLength(end - first);
      expect(count(lines.join('\n'))).toBeLessThanOrEqual(500);
    });
  });

  it('goes down to blocks where a section is too long, and parts no heading from what follows', async () => {
    const document = documentOf('x', 'pt-BR', [heading(1, 'Capítulo'), ...section(1), heading(2, 'Longa'), ...Array.from({ length: 12 }, () => paragraph(sentence(9).repeat(5))), heading(3, 'Fim'), paragraph(sentence(9).repeat(20))]);
    const chunks = await divideDocument(document, 400);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.flatMap(({ lines }) => lines)).toHaveLength(document.blocks.length);
    for (const { end } of chunks) expect(document.blocks[end - 1]?.type).toBe('paragraph');
  });

  it('keeps a block whole that is above the limit by itself', async () => {
    const chunks = await divideDocument(documentOf('x', 'pt-BR', [paragraph('curto'), paragraph(sentence(1).repeat(400)), paragraph('fim')]), 1_000);
    expect(chunks.map(({ first, end }) => [first, end])).toEqual([[0, 1], [1, 2], [2, 3]]);
  });

  it('divides a range of blocks with their own numbers', async () => {
    const document = documentOf('x', 'pt-BR', [...section(1), ...section(2)]);
    expect((await divideDocument(document, 24_000, 3, 6))[0]?.lines[0]).toBe('[3] ## Seção 2');
  });
});

describe('a text in parts', () => {
  it.each([
    ['paragraphs', Array.from({ length: 40 }, (_, topic) => sentence(topic).repeat(3)).join('\n\n')],
    ['one paragraph', sentence(1).repeat(100)],
    ['words without a stop', 'palavra '.repeat(3_000)],
    ['one endless word', 'á😀'.repeat(4_000)],
  ])('joined they are the text, and each is within the limit: %s', async (_name, text) => {
    const parts = await divideText(text, 500);
    const count = await loadTokenCounter();
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('')).toBe(text);
    for (const part of parts) {
      expect(count(part)).toBeLessThanOrEqual(510);
      expect(part.isWellFormed()).toBe(true);
    }
  });
});

describe('the token counter', () => {
  it('counts special tokens as text, and long words in no long time', async () => {
    const count = await loadTokenCounter();
    expect(count('<|endoftext|>')).toBeGreaterThan(1);
    const started = performance.now();
    expect(count('a'.repeat(200_000))).toBeGreaterThan(1_000);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

import { describe, expect, it } from 'vitest';
import { OutlineSchema } from '@tecnocursos/contracts';
import { documentOf, heading, paragraph, picture } from '../../providers/local/testing/document.fixture.js';
import { Findings } from '../findings.js';
import type { OutlineDraft } from './outline.prompt.js';
import { mergeOutlines, shifted } from './outline.merge.js';
import { senseOutline } from './outline.sense.js';

const document = documentOf('Luz', 'pt-BR', Array.from({ length: 10 }, (_, part) => [heading(2, `Parte ${part}`), paragraph('A luz viaja em linha reta pelo vácuo.')]).flat());
const chunk = { first: 0, end: 20, lines: [] };
const lesson = (first: number, end: number, more: Partial<OutlineDraft['lessons'][number]> = {}): OutlineDraft['lessons'][number] => ({
  title: `Aula ${first}`, module: '', first_block: first, end_block: end, objectives: ['Explicar a luz'], key_points: [], key_terms: [], summary: 'A luz.', ...more,
});
const draft = (...lessons: OutlineDraft['lessons']): OutlineDraft => ({ title: 'Luz', summary: 'Sobre a luz.', lessons });

function sense(lessons: OutlineDraft['lessons'], of = document, range = chunk): { ranges: number[][]; problems: string[] } {
  const findings = new Findings();
  const outline = senseOutline(of, range, draft(...lessons), findings);
  return { ranges: outline.lessons.map(({ first_block: first, end_block: end }) => [first, end]), problems: findings.problems };
}

describe('an outline of a model', () => {
  it('is taken when its lessons cover the blocks in order', () => {
    expect(sense([lesson(0, 8), lesson(8, 20)])).toEqual({ ranges: [[0, 8], [8, 20]], problems: [] });
  });

  it.each([
    ['a heading left out at the start', [lesson(1, 8), lesson(8, 20)], [[0, 8], [8, 20]]],
    ['a gap of two blocks', [lesson(0, 6), lesson(8, 20)], [[0, 8], [8, 20]]],
    ['an overlap of one block', [lesson(0, 9), lesson(8, 20)], [[0, 8], [8, 20]]],
    ['a bibliography left out at the end', [lesson(0, 8), lesson(8, 18)], [[0, 8], [8, 20]]],
    ['an end beyond the document', [lesson(0, 8), lesson(8, 22)], [[0, 8], [8, 20]]],
  ])('is mended: %s', (_what, lessons, ranges) => {
    expect(sense(lessons)).toEqual({ ranges, problems: [] });
  });

  it.each([
    ['a large gap', [lesson(0, 4), lesson(12, 20)]],
    ['a large overlap', [lesson(0, 16), lesson(4, 20)]],
    ['lessons out of order', [lesson(8, 20), lesson(0, 8)]],
    ['two lessons at one block', [lesson(0, 8), lesson(8, 9), lesson(8, 20)]],
    ['blocks that the document does not have', [lesson(0, 8), lesson(400, 500)]],
    ['half of the document left out', [lesson(0, 10)]],
  ])('is refused with %s', (_what, lessons) => {
    expect(sense(lessons).problems.length).toBeGreaterThan(0);
  });

  it('is refused with a lesson that has nothing to say', () => {
    const silent = documentOf('x', 'pt-BR', [heading(1, 'Luz'), paragraph('A luz viaja.'), picture('p', ''), picture('q', '')]);
    expect(sense([lesson(0, 2), lesson(2, 4)], silent, { first: 0, end: 4, lines: [] }).problems).toEqual([expect.stringMatching(/lessons\.1: its blocks have no text/)]);
  });

  it('is an outline of the contract, with minutes that are counted and empty things left out', () => {
    const made = senseOutline(document, chunk, draft(lesson(0, 20, { module: 'Óptica', key_points: ['A luz é rápida'], key_terms: [{ term: 'Luz', definition: '' }, { term: 'luz', definition: 'x' }] })), new Findings());
    expect(OutlineSchema.parse(made)).toEqual(made);
    expect(made.lessons[0]).toMatchObject({ module: 'Óptica', key_points: ['A luz é rápida'], key_terms: [{ term: 'Luz' }], estimated_minutes: 1.5 });
    expect(senseOutline(document, chunk, draft(lesson(0, 20)), new Findings()).lessons[0]).not.toHaveProperty('module');
  });
});

describe('outlines of the parts of a document', () => {
  const part = (first: number, end: number, term: string) => senseOutline(document, { first, end, lines: [] }, draft(lesson(first, end, { key_terms: [{ term, definition: 'd' }] })), new Findings());

  it('become one: numbered through, contiguous, each term once', () => {
    const merged = mergeOutlines([part(0, 8, 'Luz'), part(8, 14, 'luz'), part(14, 20, 'Som')]);
    expect(merged.lessons.map(({ number, first_block: first, end_block: end }) => [number, first, end])).toEqual([[1, 0, 8], [2, 8, 14], [3, 14, 20]]);
    expect(merged.lessons.map(({ key_terms: terms }) => terms.map(({ term }) => term))).toEqual([['Luz'], [], ['Som']]);
    expect(merged.summary).toBe('Sobre a luz. Sobre a luz. Sobre a luz.');
  });

  it('are moved to where their part stands', () => {
    expect(shifted(part(0, 4, 'Luz'), 8).lessons[0]).toMatchObject({ first_block: 8, end_block: 12 });
  });
});

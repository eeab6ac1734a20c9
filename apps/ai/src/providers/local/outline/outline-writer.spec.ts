import { describe, expect, it } from 'vitest';
import { OutlineSchema, type Outline } from '@tecnocursos/contracts';
import { documentOf, heading, list, paragraph, table } from '../testing/document.fixture.js';
import { FOTOSSINTESE } from '../testing/photosynthesis.fixture.js';
import { WATER_CYCLE } from '../testing/water-cycle.fixture.js';
import { writeOutline } from './outline-writer.js';

const covers = (outline: Outline): [number, number][] => outline.lessons.map((lesson) => [lesson.first_block, lesson.end_block]);
const words = (count: number, topic: string): string => Array.from({ length: Math.ceil(count / 10) }, (_, index) => `A ${topic} número ${index} muda a forma do resultado final.`).join(' ');

describe('the outline of a short lesson', () => {
  const outline = writeOutline(FOTOSSINTESE, 'pt-BR', 8, undefined);

  it('is one lesson up to the bibliography, named after the document', () => {
    expect(OutlineSchema.parse(outline).title).toBe('Fotossíntese: da luz ao alimento');
    expect(covers(outline)).toEqual([[0, FOTOSSINTESE.blocks.length - 2]]);
  });

  it('has objectives that begin with verbs', () => {
    expect(outline.lessons[0]?.objectives).toEqual([
      'Explicar o que é fotossíntese', 'Caracterizar o cloroplasto', 'Explicar o ciclo de Calvin', 'Identificar os fatores que influenciam a fotossíntese', expect.stringMatching(/^Explicar o que é o? /),
    ]);
  });

  it('defines its key terms in the words of the text', () => {
    const terms = outline.lessons[0]?.key_terms ?? [];
    expect(terms.map(({ term }) => term)).toEqual(expect.arrayContaining(['Fotossíntese', 'Ciclo de Calvin', 'Cloroplasto', 'Clorofila']));
    expect(terms.find(({ term }) => term === 'Clorofila')?.definition).toBe('Pigmento verde que absorve principalmente a luz vermelha e a luz azul');
  });

  it('has a summary of sentences of the text, in order', () => {
    const text = FOTOSSINTESE.blocks.map((block) => (block.type === 'paragraph' ? block.text : '')).join(' ');
    const sentences = outline.summary.match(/[^.]+\./g) ?? [];
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    for (const sentence of sentences) expect(text).toContain(sentence.trim());
  });
});

it('an English outline reads as English', () => {
  const [lesson] = writeOutline(WATER_CYCLE, 'en', 8, undefined).lessons;
  expect(lesson?.objectives.slice(0, 2)).toEqual(['Explain what evaporation is', 'Explain condensation']);
  expect(lesson?.key_terms.map(({ term }) => term)).toEqual(expect.arrayContaining(['Evaporation', 'Groundwater', 'Water cycle', 'Condensation']));
});

describe('lessons of a long document', () => {
  const chapters = ['Átomos', 'Moléculas', 'Reações', 'Soluções', 'Gases', 'Energia'];
  const document = documentOf('Química', 'pt-BR', [
    heading(1, 'Sumário'), list('Átomos', 'Moléculas'),
    ...chapters.flatMap((chapter) => [heading(1, chapter), paragraph(words(500, chapter)), heading(2, `Exemplos de ${chapter}`), paragraph(words(100, chapter))]),
    heading(1, 'Referências'), paragraph('ATKINS, P. Química. 2018.'),
  ]);
  const outline = writeOutline(document, 'pt-BR', 4, undefined);

  it('are contiguous, complete and never empty, without contents and bibliography', () => {
    const ranges = covers(outline);
    expect(ranges[0]?.[0]).toBe(2);
    expect(ranges.at(-1)?.[1]).toBe(document.blocks.length - 2);
    ranges.forEach(([first, end], index) => {
      expect(end).toBeGreaterThan(first);
      if (index > 0) expect(first).toBe(ranges[index - 1]?.[1]);
    });
  });

  it('are as long as wanted, and begin with chapters', () => {
    expect(outline.lessons.map(({ title }) => title)).toEqual(chapters);
    for (const { estimated_minutes: minutes } of outline.lessons) expect(minutes).toBeGreaterThan(3.9);
    for (const { estimated_minutes: minutes } of outline.lessons) expect(minutes).toBeLessThan(7.8);
  });

  it('are fewer when longer ones are wanted', () => {
    expect(writeOutline(document, 'pt-BR', 15.6, undefined).lessons).toHaveLength(2);
  });
});

describe('unusual documents', () => {
  it('text without headings is cut into lessons between paragraphs', () => {
    const document = documentOf('Texto', 'pt-BR', Array.from({ length: 30 }, (_, index) => paragraph(words(100, `ideia ${index}`))));
    const outline = writeOutline(document, 'pt-BR', 5, undefined);
    expect(outline.lessons.length).toBeGreaterThanOrEqual(3);
    expect(outline.lessons.at(-1)?.end_block).toBe(30);
    expect(new Set(outline.lessons.map(({ title }) => title)).size).toBe(outline.lessons.length);
  });

  it('one long section makes lessons with numbered names', () => {
    const document = documentOf('Texto', 'pt-BR', [heading(1, 'Energia'), ...Array.from({ length: 30 }, (_, index) => paragraph(words(100, `ideia ${index}`)))]);
    expect(writeOutline(document, 'pt-BR', 5, undefined).lessons.slice(0, 2).map(({ title }) => title)).toEqual(['Energia (parte 1)', 'Energia (parte 2)']);
  });

  it('200 sections make a few lessons that cover them all', () => {
    const document = documentOf('Glossário', 'pt-BR', Array.from({ length: 200 }, (_, index) => [heading(2, `Conceito ${index}`), paragraph(`O conceito ${index} explica uma parte do assunto. Ele aparece em muitos exemplos práticos.`)]).flat());
    const ranges = covers(writeOutline(document, 'pt-BR', 8, undefined));
    expect(ranges.length).toBeGreaterThan(1);
    expect(ranges.at(-1)?.[1]).toBe(400);
  });

  it('takes the title that was asked for', () => {
    expect(writeOutline(FOTOSSINTESE, 'pt-BR', 8, 'Minha aula').title).toBe('Minha aula');
  });

  it('a table alone is a lesson', () => {
    expect(writeOutline(documentOf('Dados', 'pt-BR', [table(['País', 'Capital'], ['Brasil', 'Brasília'])]), 'pt-BR', 8, undefined).lessons).toHaveLength(1);
  });

  it.each([['no words', [paragraph('*** — ***')]], ['white space', [paragraph('   ')]]])('%s is refused', (_, blocks) => {
    expect(() => writeOutline(documentOf('Vazio', 'pt-BR', blocks), 'pt-BR', 8, undefined)).toThrow(expect.objectContaining({ code: 'document_has_no_text' }));
  });
});

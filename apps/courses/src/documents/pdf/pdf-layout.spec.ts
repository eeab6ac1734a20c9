import { describe, expect, it } from 'vitest';
import { layOut } from './pdf-layout.js';
import type { Fragment, PageContent, StructureLeaf, StructureNode } from './pdf-page.js';

function text(contentId: string, words: string, at: { left: number; baseline: number }, look: Partial<Fragment> = {}): Fragment {
  const size = look.size ?? 11;
  const plain = { bold: false, italic: false, monospace: false, spaceBefore: true };
  return { text: words, ...at, right: at.left + words.length * size * 0.5, size, contentId, ...plain, ...look };
}

function node(role: string, ...children: Array<StructureNode | string>): StructureNode {
  return { role, children: children.map((child): StructureNode | StructureLeaf => (typeof child === 'string' ? { type: 'content', id: child } : child)) };
}

function page(content: Partial<PageContent>): PageContent {
  return { number: 1, width: 595, height: 842, fragments: [], rules: [], dots: [], images: [], structure: undefined, ...content };
}

describe('layout of tagged pages', () => {
  it('follows the structure tree, and not where things stand', () => {
    const fragments = [
      text('p1_mc1', 'Segundo parágrafo, acima do primeiro.', { left: 60, baseline: 120 }),
      text('p1_mc0', 'A folha', { left: 60, baseline: 100 }),
      text('p1_mc2', 'Primeiro parágrafo, abaixo do segundo.', { left: 60, baseline: 300 }),
      text('p1_mc3', 'Texto que ninguém etiquetou', { left: 60, baseline: 500 }),
    ];
    const structure = node('Root', node('Document', node('H1', 'p1_mc0'), node('P', 'p1_mc2'), node('P', node('Span', 'p1_mc1'))));
    const [blocks] = layOut([page({ fragments: fragments.slice(0, 3), structure })]);
    expect(blocks).toEqual([
      { type: 'heading', level: 1, text: 'A folha' },
      { type: 'paragraph', text: 'Primeiro parágrafo, abaixo do segundo.' },
      { type: 'paragraph', text: 'Segundo parágrafo, acima do primeiro.' },
    ]);
    const [seen] = layOut([page({ fragments, structure: node('Root', node('H1', 'p1_mc0')) })]);
    expect(seen?.map((block) => ('text' in block ? block.text : ''))).toEqual([
      'A folha Segundo parágrafo, acima do primeiro.',
      'Primeiro parágrafo, abaixo do segundo.',
      'Texto que ninguém etiquetou',
    ]);
  });

  it('keeps nested lists, their labels left out', () => {
    const fragments = [
      text('p1_mc9', 'Listas', { left: 60, baseline: 80 }),
      ...['1.', 'Absorver a luz', '2.', 'Quebrar a água', 'na raiz'].map((words, index) => text(`p1_mc${index}`, words, { left: 60 + index * 20, baseline: 100 + index * 16 })),
    ];
    const item = (label: string, ...body: Array<StructureNode | string>): StructureNode => node('LI', node('Lbl', label), node('LBody', ...body));
    const structure = node('Root', node('H2', 'p1_mc9'), node('L', item('p1_mc0', 'p1_mc1'), item('p1_mc2', 'p1_mc3', node('L', node('LI', node('LBody', 'p1_mc4'))))));
    const [blocks] = layOut([page({ fragments, structure })]);
    expect(blocks?.[1]).toEqual({
      type: 'list',
      ordered: true,
      items: [{ text: 'Absorver a luz', level: 0 }, { text: 'Quebrar a água', level: 0 }, { text: 'na raiz', level: 1 }],
    });
  });

  it('puts cells of short rows into the columns where they stand', () => {
    const fragments = [
      text('p1_mc9', 'Tabela', { left: 60, baseline: 80 }),
      ...['Fase', 'Onde', 'Produto'].map((words, index) => text(`p1_mc${index}`, words, { left: 60 + index * 100, baseline: 100 })),
      text('p1_mc3', 'Clara', { left: 60, baseline: 120 }),
      text('p1_mc4', 'ATP', { left: 260, baseline: 120 }),
    ];
    const structure = node('Root', node('H2', 'p1_mc9'), node('Table', node('TR', ...[0, 1, 2].map((n) => node('TH', `p1_mc${n}`))), node('TR', node('TD', 'p1_mc3'), node('TD', 'p1_mc4'))));
    const [blocks] = layOut([page({ fragments, structure })]);
    expect(blocks?.[1]).toEqual({ type: 'table', header: true, rows: [['Fase', 'Onde', 'Produto'], ['Clara', '', 'ATP']] });
  });

  it('keeps figures with what is said of them, and pictures that the tree forgot where they stand', () => {
    const box = { left: 60, top: 150, right: 260, bottom: 300 };
    const fragments = [
      text('p1_mc0', 'Figuras', { left: 60, baseline: 80 }),
      text('p1_mc2', 'O sol no mar', { left: 60, baseline: 320 }),
      text('p1_mc3', 'O fim da página.', { left: 60, baseline: 700 }),
    ];
    const figure: StructureNode = { ...node('Figure', node('Caption', 'p1_mc2'), 'p1_mc1'), alt: 'Um sol amarelo' };
    const images = [
      { imageId: 'image-1', box, contentId: '_mc1' },
      { imageId: 'image-2', box: { ...box, top: 400, bottom: 600 }, contentId: undefined },
    ];
    const [blocks] = layOut([page({ fragments, images, structure: node('Root', node('H1', 'p1_mc0'), figure, node('P', 'p1_mc3')) })]);
    expect(blocks).toEqual([
      { type: 'heading', level: 1, text: 'Figuras' },
      { type: 'picture', image_id: 'image-1', alt: 'Um sol amarelo', caption: 'O sol no mar' },
      { type: 'picture', image_id: 'image-2', alt: '' },
      { type: 'paragraph', text: 'O fim da página.' },
    ]);
  });
});

describe('layout of untagged pages', () => {
  it('takes small shapes to the left of lines for bullets', () => {
    const line = (words: string, left: number, baseline: number): Fragment => text('', words, { left, baseline }, { contentId: undefined });
    const dot = (left: number, baseline: number): PageContent['dots'][number] => ({ left, right: left + 4, top: baseline - 6, bottom: baseline - 2 });
    const fragments = [line('Para a aula de hoje traga:', 60, 100), line('uma folha', 90, 116), line('de hortelã', 120, 132), line('um copo', 90, 148)];
    const [blocks] = layOut([page({ fragments, dots: [dot(80, 116), dot(110, 132), dot(80, 148)] })]);
    expect(blocks).toEqual([
      { type: 'paragraph', text: 'Para a aula de hoje traga:' },
      { type: 'list', ordered: false, items: [{ text: 'uma folha', level: 0 }, { text: 'de hortelã', level: 1 }, { text: 'um copo', level: 0 }] },
    ]);
  });

  it('joins a table that a page break parts, without its repeated header', () => {
    const rows = (names: readonly string[]): Fragment[] =>
      ['País', ...names].flatMap((name, row) => ['', ' capital', ' população'].map((what, column) => text('', `${name}${what}`, { left: 60 + column * 150, baseline: 200 + row * 20 }, { contentId: undefined })));
    const [first, second] = layOut([page({ fragments: rows(['Brasil', 'Chile', 'Peru']) }), page({ number: 2, fragments: rows(['Bolívia', 'Uruguai']) })]);
    expect(first?.[0]).toMatchObject({ type: 'table', rows: [['País', 'País capital', 'País população'], ['Brasil', expect.anything(), expect.anything()], expect.anything(), expect.anything(), ['Bolívia', expect.anything(), expect.anything()], expect.anything()] });
    expect(second).toEqual([]);
  });

  it('leaves out running heads whose number counts the pages, and entries of a table of contents', () => {
    const pages = [1, 2, 3, 4].map((number) =>
      page({
        number,
        fragments: [
          text('', number < 3 ? `Capítulo 1 · A luz ${number + 6}` : `Capítulo 2 · A água ${number + 6}`, { left: 60, baseline: 40 }, { contentId: undefined }),
          text('', 'A fotossíntese . . . . . . . . . . . 3', { left: 60, baseline: 200 }, { contentId: undefined }),
          text('', `Texto da página ${number}.`, { left: 60, baseline: 300 }, { contentId: undefined }),
        ],
      }),
    );
    expect(layOut(pages).flat()).toEqual([1, 2, 3, 4].map((number) => ({ type: 'paragraph', text: `Texto da página ${number}.` })));
  });
});

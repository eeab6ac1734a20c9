import { describe, expect, it } from 'vitest';
import { expectRefusal, picture, readContent } from '../testing/files.fixture.js';
import { pptxOf, slidePicture, slideShape, slideTable } from '../testing/office.fixture.js';

describe('PPTX', () => {
  it('keeps slides in their order, with titles, bullets, tables, pictures and notes', async () => {
    const content = pptxOf(
      [
        {
          shapes: slideShape(['Fases', '\tClara &amp; escura', 'Fim'], 'body') + slideShape(['As fases'], 'title') + slideShape(['7'], 'sldNum'),
          notes: 'Fale da luz.\nMostre a folha.',
        },
        { shapes: slideShape(['Fotossíntese'], 'ctrTitle') + slideShape(['Profa. Ana Souza'], 'subTitle') },
        {
          shapes: slideShape(['Resultado'], 'title') + slideTable([['Fase', 'Produto'], ['Clara', 'ATP']]) + slidePicture('sol', 'O sol sobre o mar'),
          pictures: { sol: await picture() },
        },
      ],
      [2, 1, 3],
    );
    const document = await readContent(content, 'fotossintese.pptx');
    expect(document).toMatchObject({ title: 'Fotossíntese', language: 'pt-BR', format: 'pptx', pages: 3, warnings: [] });
    expect(document.blocks).toEqual([
      { type: 'heading', level: 2, text: 'Fotossíntese' },
      { type: 'paragraph', text: 'Profa. Ana Souza' },
      { type: 'heading', level: 2, text: 'As fases' },
      { type: 'list', ordered: false, items: [{ text: 'Fases', level: 0 }, { text: 'Clara & escura', level: 1 }, { text: 'Fim', level: 0 }] },
      { type: 'notes', text: 'Fale da luz.\nMostre a folha.' },
      { type: 'heading', level: 2, text: 'Resultado' },
      { type: 'table', header: true, rows: [['Fase', 'Produto'], ['Clara', 'ATP']] },
      { type: 'picture', image_id: 'image-1', alt: 'O sol sobre o mar' },
    ]);
    expect(document.images.map(({ id }) => id)).toEqual(['image-1']);
  });

  it('names a slide without a title by its first line or its number', async () => {
    const slides = [
      { shapes: slideShape(['O que é energia?']) + slideShape(['A capacidade de realizar trabalho.']) },
      { shapes: slidePicture('sol', 'Sol'), pictures: { sol: await picture() } },
    ];
    const { blocks } = await readContent(pptxOf(slides));
    expect(blocks.flatMap((block) => (block.type === 'heading' ? [block.text] : []))).toEqual(['O que é energia?', 'Slide 2']);
  });

  it('leaves out hidden slides and a logo that is on every slide', async () => {
    const logo = await picture();
    const slide = { shapes: slideShape(['Título da aula'], 'title') + slidePicture('logo', 'Escola'), pictures: { logo } };
    const document = await readContent(pptxOf([slide, slide, slide, { shapes: slideShape(['Segredo'], 'title'), hidden: true }]));
    expect(document.blocks.map(({ type }) => type)).toEqual(['heading', 'heading', 'heading']);
    expect(document.images).toEqual([]);
    expect(document.warnings).toEqual(['Slide 4 is hidden and was left out.']);
  });

  it('refuses 301 slides, slides without text, and a damaged presentation', async () => {
    const slide = { shapes: slideShape(['Título'], 'title') };
    await expectRefusal(readContent(pptxOf(Array.from({ length: 301 }, () => slide))), 'document_too_long');
    await expectRefusal(readContent(pptxOf([])), 'document_unreadable');
    await expectRefusal(readContent(pptxOf([{ shapes: '<p:sp><p:txBody>' }])), 'document_unreadable');
    await expectRefusal(readContent(pptxOf([{ shapes: '' }])), 'document_has_no_text');
  });
});

import { describe, expect, it } from 'vitest';
import { expectRefusal, picture, readContent } from '../testing/files.fixture.js';
import { docxOf, wordItem, wordParagraph, wordPicture, wordTable } from '../testing/office.fixture.js';

describe('DOCX', () => {
  it('keeps headings, text, nested lists, tables and pictures', async () => {
    const body = [
      wordParagraph('O ciclo da água', 'Title'),
      wordParagraph('Introdução 3', 'toc1'),
      wordParagraph('Introdução', 'heading1'),
      wordParagraph('A água evapora, condensa &amp; chove.'),
      wordItem('Evaporação', 1) + wordItem('do mar', 1, 1) + wordItem('Chuva', 1),
      wordItem('Aquecer', 2) + wordItem('Esfriar', 2),
      wordParagraph('Medidas', 'heading2'),
      wordTable([['Mês', 'Chuva'], ['Janeiro', '220 mm']]),
      wordPicture('chuva', 'Nuvem com chuva'),
      wordParagraph('Figura 1 — A chuva', 'caption'),
    ].join('');
    const document = await readContent(docxOf({ body, pictures: { chuva: await picture() } }), 'x.docx');
    expect(document).toMatchObject({ title: 'O ciclo da água', language: 'pt-BR', format: 'docx', warnings: [] });
    expect(document.blocks).toEqual([
      { type: 'heading', level: 1, text: 'O ciclo da água' },
      { type: 'heading', level: 1, text: 'Introdução' },
      { type: 'paragraph', text: 'A água evapora, condensa & chove.' },
      { type: 'list', ordered: false, items: [{ text: 'Evaporação', level: 0 }, { text: 'do mar', level: 1 }, { text: 'Chuva', level: 0 }] },
      { type: 'list', ordered: true, items: [{ text: 'Aquecer', level: 0 }, { text: 'Esfriar', level: 0 }] },
      { type: 'heading', level: 2, text: 'Medidas' },
      { type: 'table', header: true, rows: [['Mês', 'Chuva'], ['Janeiro', '220 mm']] },
      { type: 'picture', image_id: 'image-1', alt: 'Nuvem com chuva', caption: 'Figura 1 — A chuva' },
    ]);
    expect(document.images).toEqual([expect.objectContaining({ id: 'image-1', contentType: 'image/png', width: 120, height: 80 })]);
  });

  it('takes short bold lines for headings where no style says what a heading is', async () => {
    const body = wordParagraph('A chuva', '', '<w:b/>') + wordParagraph('A chuva cai do céu sobre a terra.') + wordParagraph('Cuidado.', '', '<w:b/>');
    const { blocks, title } = await readContent(docxOf({ body, title: 'Microsoft Word - Documento1' }));
    expect(blocks.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'paragraph']);
    expect(title).toBe('A chuva');
  });

  it('is named by its file when nothing in it is a title', async () => {
    const { title } = await readContent(docxOf({ body: wordParagraph('A chuva cai do céu sobre a terra molhada.') }), 'ciclo_da-água.docx');
    expect(title).toBe('ciclo da água');
  });

  it('leaves out a picture that cannot be read, with a warning', async () => {
    const body = wordParagraph('A chuva cai do céu.') + wordPicture('ruim', 'Ruim');
    const document = await readContent(docxOf({ body, pictures: { ruim: Buffer.from('no picture') } }));
    expect(document.blocks).toEqual([{ type: 'paragraph', text: 'A chuva cai do céu.' }]);
    expect(document.warnings).toEqual(['A picture could not be read and was left out.']);
  });

  it('refuses a document type declaration: entities neither reach files nor multiply', async () => {
    const body = wordParagraph('&lol9;');
    const external = '<!DOCTYPE w [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>';
    const laughs = `<!DOCTYPE w [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`).join('')}]>`;
    await expectRefusal(readContent(docxOf({ body, prologue: external })), 'document_unreadable');
    await expectRefusal(readContent(docxOf({ body, prologue: laughs })), 'document_unreadable');
  });

  it('refuses broken XML, a bomb and a document of pictures only', async () => {
    await expectRefusal(readContent(docxOf({ body: '<w:p><w:r></w:p>' })), 'document_unreadable');
    await expectRefusal(readContent(docxOf({ body: wordParagraph('Oi'), extra: [{ name: 'word/media/zeros.png', content: Buffer.alloc(50 * 1024 * 1024) }] })), 'document_unreadable');
    await expectRefusal(readContent(docxOf({ body: wordPicture('foto', 'Foto'), pictures: { foto: await picture() } })), 'document_has_no_text');
  });

  it('refuses more text than a course can be made of', async () => {
    const body = Array.from({ length: 4_100 }, () => wordParagraph('As plantas usam a luz do sol. '.repeat(4))).join('');
    const refusal = await expectRefusal(readContent(docxOf({ body })), 'document_too_long');
    expect(refusal.issues[0]?.message).toContain('Split');
  });
});

import { describe, expect, it } from 'vitest';
import { expectRefusal, readContent } from '../testing/files.fixture.js';

const TEXT = `O ciclo da água

A água evapora dos mares e dos rios, sobe como vapor e forma as
nuvens, de onde volta a cair como chuva. É um caminho sem fim, mo-
vido pelo sol.

EVAPORAÇÃO E CHUVA

Para lembrar:
- o sol aquece
  - o mar
- a água sobe

1. Medidas

Mês\tChuva
Janeiro\t220 mm

Experimento
-----------
1) Ferva a água com a ajuda
de um adulto
2) Cubra a panela
`;

describe('plain text', () => {
  it('finds headings, paragraphs, lists and tables', async () => {
    const document = await readContent(TEXT, 'agua.txt');
    expect(document).toMatchObject({ title: 'O ciclo da água', language: 'pt-BR', format: 'text' });
    expect(document.blocks).toEqual([
      { type: 'heading', level: 1, text: 'O ciclo da água' },
      {
        type: 'paragraph',
        text: 'A água evapora dos mares e dos rios, sobe como vapor e forma as nuvens, de onde volta a cair como chuva. É um caminho sem fim, movido pelo sol.',
      },
      { type: 'heading', level: 2, text: 'EVAPORAÇÃO E CHUVA' },
      { type: 'paragraph', text: 'Para lembrar:' },
      { type: 'list', ordered: false, items: [{ text: 'o sol aquece', level: 0 }, { text: 'o mar', level: 1 }, { text: 'a água sobe', level: 0 }] },
      { type: 'heading', level: 2, text: '1. Medidas' },
      { type: 'table', header: true, rows: [['Mês', 'Chuva'], ['Janeiro', '220 mm']] },
      { type: 'heading', level: 2, text: 'Experimento' },
      { type: 'list', ordered: true, items: [{ text: 'Ferva a água com a ajuda de um adulto', level: 0 }, { text: 'Cubra a panela', level: 0 }] },
    ]);
  });

  it.each([
    ['UTF-8', Buffer.from('Lição de avó')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFLição de avó')],
    ['UTF-16 LE with a mark', Buffer.from('\uFEFFLição de avó', 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from('\uFEFFLição de avó', 'utf16le').swap16()],
    ['UTF-16 LE without a mark', Buffer.from('Lição de avó', 'utf16le')],
    ['Latin-1', Buffer.from('Lição de avó', 'latin1')],
  ])('decodes %s', async (_, content) => {
    expect((await readContent(content)).blocks).toEqual([{ type: 'paragraph', text: 'Lição de avó' }]);
  });

  it('decodes the quotes of Windows-1252', async () => {
    const { blocks } = await readContent(Buffer.from('Ela disse \x93Ol\xe1\x94 \x97 e saiu', 'latin1'));
    expect(blocks).toEqual([{ type: 'paragraph', text: 'Ela disse “Olá” — e saiu' }]);
  });

  it('finds the language of another script, for the caller to refuse', async () => {
    const { language } = await readContent('Фотосинтез — это процесс, при котором растения превращают энергию света.');
    expect(language).toBe('ru');
  });

  it('refuses blank files and endless ones', async () => {
    await expectRefusal(readContent(' \n\t\n'), 'document_has_no_text');
    await expectRefusal(readContent('123 456\n'), 'document_has_no_text');
    await expectRefusal(readContent('As plantas usam a luz. '.repeat(20_000)), 'document_too_long');
    await expectRefusal(readContent('As plantas usam a luz. '.repeat(400_000)), 'document_too_long');
  });
});

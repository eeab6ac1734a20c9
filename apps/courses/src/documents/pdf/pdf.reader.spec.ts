import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import sharp from 'sharp';
import type { ReadDocument } from '../document-reader.port.js';
import { expectRefusal, readContent } from '../testing/files.fixture.js';
import { pdfOf, textLines, type PdfPage, type PdfText } from '@tecnocursos/testing';

const PROSE = [
  'A fotossíntese é o processo pelo qual as plantas transformam a energia da luz em energia',
  'química, guardada em moléculas de açúcar. Ela acontece nos cloroplastos das folhas e tam-',
  'bém depende de água e de gás carbônico.',
];
const PROSE_TEXT =
  'A fotossíntese é o processo pelo qual as plantas transformam a energia da luz em energia química, guardada em moléculas de açúcar. ' +
  'Ela acontece nos cloroplastos das folhas e também depende de água e de gás carbônico.';

function prose(y: number, x = 60): PdfText[] {
  return textLines(PROSE, { x, y });
}

function pixels(width: number, height: number): { width: number; height: number; rgb: Uint8Array } {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) rgb[at] = at % 3_000 < 1_500 ? 255 : 0;
  return { width, height, rgb };
}

/** Borders of a grid as thin filled boxes, which is how browsers print them. */
function borders(xs: readonly number[], ys: readonly number[]): Array<readonly [number, number, number, number]> {
  const [left = 0, right = 0] = [xs[0], xs.at(-1)];
  const [top = 0, bottom = 0] = [ys[0], ys.at(-1)];
  return [...xs.map((x) => [x, top, 0.75, bottom - top] as const), ...ys.map((y) => [left, y, right - left, 0.75] as const)];
}

describe('PDF', () => {
  it('finds headings, paragraphs, lists and code by their looks', async () => {
    const texts: PdfText[] = [
      { text: 'Fotossíntese', x: 60, y: 80, size: 24, font: 'bold' },
      { text: '1. O que é', x: 60, y: 120, size: 16, font: 'bold' },
      ...prose(150),
      ...prose(205),
      { text: 'Em detalhe', x: 60, y: 265, font: 'bold' },
      ...textLines(['• Luz do sol, que chega em ondas de comprimentos diversos e é absorvida pela folha', '• Água'], { x: 78, y: 285, leading: 28 }),
      { text: 'em parte', x: 86, y: 299 },
      { text: '– das raízes', x: 96, y: 327 },
      { text: '• Gás carbônico', x: 78, y: 341 },
      ...textLines(['1. Absorver a luz', '2. Quebrar a água'], { x: 78, y: 370 }),
      ...textLines(['function somar(a, b) {', '  return a + b;'], { x: 60, y: 420, font: 'mono', size: 10 }).map((line) => ({ ...line, text: line.text.trim(), x: line.text.startsWith(' ') ? 72 : 60 })),
      { text: '}', x: 60, y: 448, font: 'mono', size: 10 },
    ];
    const document = await readContent(pdfOf([{ texts }], { title: 'fotossintese.docx' }));
    expect(document).toMatchObject({ title: 'Fotossíntese', language: 'pt-BR', format: 'pdf', pages: 1, images: [], warnings: [] });
    expect(document.blocks).toEqual([
      { type: 'heading', level: 1, text: 'Fotossíntese' },
      { type: 'heading', level: 2, text: '1. O que é' },
      { type: 'paragraph', text: PROSE_TEXT },
      { type: 'paragraph', text: PROSE_TEXT },
      { type: 'heading', level: 3, text: 'Em detalhe' },
      {
        type: 'list',
        ordered: false,
        items: [
          { text: 'Luz do sol, que chega em ondas de comprimentos diversos e é absorvida pela folha em parte', level: 0 },
          { text: 'Água', level: 0 },
          { text: 'das raízes', level: 1 },
          { text: 'Gás carbônico', level: 0 },
        ],
      },
      { type: 'list', ordered: true, items: [{ text: 'Absorver a luz', level: 0 }, { text: 'Quebrar a água', level: 0 }] },
      { type: 'code', text: 'function somar(a, b) {\n  return a + b;\n}' },
    ]);
  });

  it('finds tables by their borders, with cells of several lines and empty ones', async () => {
    const page: PdfPage = {
      boxes: borders([60, 140, 240, 400], [200, 220, 252, 272]),
      texts: [
        ...prose(100),
        ...['Fase', 'Onde', 'Produto'].map((text, column) => ({ text, x: [65, 145, 245][column] ?? 0, y: 214, font: 'bold' as const })),
        { text: 'Clara', x: 65, y: 240 },
        { text: 'Tilacoide', x: 145, y: 240 },
        ...textLines(['ATP e NADPH, que', 'seguem adiante'], { x: 245, y: 233 }),
        { text: 'Estroma', x: 145, y: 266 },
        { text: 'Glicose', x: 245, y: 266 },
        ...prose(310),
      ],
    };
    const { blocks } = await readContent(pdfOf([page]));
    expect(blocks).toEqual([
      { type: 'paragraph', text: PROSE_TEXT },
      { type: 'table', header: true, rows: [['Fase', 'Onde', 'Produto'], ['Clara', 'Tilacoide', 'ATP e NADPH, que seguem adiante'], ['', 'Estroma', 'Glicose']] },
      { type: 'paragraph', text: PROSE_TEXT },
    ]);
  });

  it('finds tables by their columns alone', async () => {
    const rows = [['País', 'Capital', 'População'], ['Brasil', 'Brasília', '203 milhões'], ['Chile', 'Santiago', '19 milhões']];
    const texts = rows.flatMap((row, index) => row.map((text, column) => ({ text, x: 60 + column * 110, y: 200 + index * 20 })));
    const { blocks } = await readContent(pdfOf([{ texts: [...prose(100), ...texts] }]));
    expect(blocks[1]).toEqual({ type: 'table', header: true, rows });
  });

  it('keeps pictures with their captions, downscaled', async () => {
    const page: PdfPage = {
      pictures: [{ x: 60, y: 160, width: 300, height: 150, pixels: pixels(2_000, 1_000) }],
      texts: [...prose(100), { text: 'Figura 1 — A luz do sol', x: 60, y: 326, size: 9 }, ...prose(360)],
    };
    const { blocks, images } = await readContent(pdfOf([page]));
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'picture', 'paragraph']);
    expect(blocks[1]).toEqual({ type: 'picture', image_id: 'image-1', alt: 'A luz do sol', caption: 'Figura 1 — A luz do sol' });
    expect(images).toEqual([expect.objectContaining({ id: 'image-1', width: 1_600, height: 800 })]);
    expect(await sharp(images[0]?.bytes).metadata()).toMatchObject({ format: 'png', width: 1_600, height: 800 });
  });

  it('removes running heads and page numbers, and joins what a page break parts', async () => {
    const page = (number: number, texts: readonly PdfText[]): PdfPage => ({
      texts: [{ text: 'Colégio Exemplo', x: 250, y: 30, size: 8 }, ...texts, { text: `Página ${number} de 3`, x: 270, y: 820, size: 8 }],
    });
    const [first = '', second = '', third = ''] = PROSE;
    const content = pdfOf([
      page(1, [...prose(100), ...textLines([first, second], { x: 60, y: 700 })]),
      page(2, [{ text: third, x: 60, y: 100 }, ...prose(140)]),
      page(3, prose(100)),
    ]);
    expect((await readContent(content)).blocks).toEqual(Array.from({ length: 4 }, () => ({ type: 'paragraph', text: PROSE_TEXT })));
  });

  it('reads one column after the other, between lines that span both', async () => {
    const left = ['As plantas usam a luz do sol para', 'fazer açúcar a partir de água e de', 'gás carbônico, e soltam oxigênio', 'pelas folhas durante o dia claro.'];
    const right = ['Os animais respiram esse oxigênio', 'e devolvem ao ar o gás carbônico', 'de que as plantas precisam para', 'continuar a crescer e a florescer.'];
    const texts = [
      { text: 'A troca de gases entre plantas e animais', x: 60, y: 80, size: 20, font: 'bold' as const },
      ...textLines(left, { x: 60, y: 120 }),
      ...textLines(right, { x: 320, y: 120 }),
      ...prose(230),
    ];
    const { blocks } = await readContent(pdfOf([{ texts }]));
    expect(blocks.map((block) => ('text' in block ? block.text : ''))).toEqual(['A troca de gases entre plantas e animais', left.join(' '), right.join(' '), PROSE_TEXT]);
  });

  it('refuses a PDF that asks for a password, and reads one that only its owner may change', async () => {
    const pages = [{ texts: prose(100) }];
    await expectRefusal(readContent(pdfOf(pages, { password: { user: 'segredo', owner: 'dono' } })), 'document_encrypted');
    const { blocks } = await readContent(pdfOf(pages, { password: { user: '', owner: 'dono' } }));
    expect(blocks).toEqual([{ type: 'paragraph', text: PROSE_TEXT }]);
  });

  it('refuses pages that are pictures', async () => {
    const scan: PdfPage = { pictures: [{ x: 0, y: 0, width: 595, height: 842, pixels: pixels(200, 283) }] };
    const refusal = await expectRefusal(readContent(pdfOf([scan, scan])), 'document_has_no_text');
    expect(refusal.issues[0]?.message).toContain('OCR');
    await expectRefusal(readContent(pdfOf([{ ...scan, texts: [{ text: 'Digital 123', x: 10, y: 400 }] }])), 'document_has_no_text');
  });

  it('refuses damaged files', async () => {
    const content = pdfOf([{ texts: prose(100) }]);
    await expectRefusal(readContent('%PDF-1.7\nnothing more'), 'document_unreadable');
    await expectRefusal(readContent(content.subarray(0, 300)), 'document_unreadable');
  });

  it('reads or refuses a file that is cut off anywhere, and never fails otherwise', async () => {
    const content = pdfOf([{ texts: prose(100) }, { texts: prose(100) }]);
    for (let share = 0.1; share < 1; share += 0.1) {
      const outcome: unknown = await readContent(content.subarray(0, content.length * share)).catch((error: unknown) => error);
      expect(outcome instanceof AppError || (outcome as ReadDocument).blocks.length > 0).toBe(true);
    }
  });

  it('is not led astray by text at nonsensical places', async () => {
    const astray = [1e9, -1e12, 3e15].map((x) => ({ text: 'Longe daqui', x, y: 120, size: 11 }));
    const { blocks } = await readContent(pdfOf([{ texts: [...prose(100), ...astray] }]));
    expect(blocks).toEqual([{ type: 'paragraph', text: PROSE_TEXT }]);
  });

  it('refuses 400 pages, and more text than a course can be made of', async () => {
    const refusal = await expectRefusal(readContent(pdfOf(Array.from({ length: 400 }, () => ({ texts: [{ text: 'Oi', x: 60, y: 100 }] })))), 'document_too_long');
    expect(refusal.detail).toContain('400 pages');
    const full = { texts: textLines(Array.from({ length: 300 }, () => PROSE[0] ?? ''), { x: 60, y: 60, leading: 2.5 }) };
    await expectRefusal(readContent(pdfOf(Array.from({ length: 20 }, () => full))), 'document_too_long');
  });

  it('leaves out pixel bombs with a warning', async () => {
    const page: PdfPage = { texts: prose(100), pictures: [{ x: 60, y: 200, width: 300, height: 300, pixels: { width: 9_000, height: 9_000, rgb: new Uint8Array(30) } }] };
    const document = await readContent(pdfOf([page]));
    expect(document.images).toEqual([]);
    expect(document.warnings).toEqual(['1 picture was left out: too many pixels.']);
  });
});

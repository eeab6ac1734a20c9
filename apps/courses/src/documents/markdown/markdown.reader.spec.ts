import { describe, expect, it } from 'vitest';
import { expectRefusal, picture, readContent } from '../testing/files.fixture.js';

function read(text: string): ReturnType<typeof readContent> {
  return readContent(text, 'aula.md');
}

describe('Markdown', () => {
  it('keeps headings, lists, tables, code and pictures in the file', async () => {
    const data = `data:image/png;base64,${(await picture()).toString('base64')}`;
    const document = await read(
      [
        '---', 'title: "Vida nas **águas**"', 'author: Ana', '---', '# Água', '', 'A água é *essencial* para a [vida](https://example.org) &amp; o clima.', '',
        '- mar', '  1. raso', '  2. fundo', '- rio', '', '1. ferver', '2. esfriar', '', '| Mês | Chuva |', '|---|---|', '| Jan | `220` mm |', '',
        '```python title="x"', 'print("oi")', '```', '', `![Gota](${data} "Uma gota")`, '', '> Citação', '',
      ].join('\n'),
    );
    expect(document).toMatchObject({ title: 'Vida nas **águas**', language: 'pt-BR', format: 'markdown', warnings: [] });
    expect(document.blocks).toEqual([
      { type: 'heading', level: 1, text: 'Água' },
      { type: 'paragraph', text: 'A água é essencial para a vida & o clima.' },
      { type: 'list', ordered: false, items: [{ text: 'mar', level: 0 }, { text: 'raso', level: 1 }, { text: 'fundo', level: 1 }, { text: 'rio', level: 0 }] },
      { type: 'list', ordered: true, items: [{ text: 'ferver', level: 0 }, { text: 'esfriar', level: 0 }] },
      { type: 'table', header: true, rows: [['Mês', 'Chuva'], ['Jan', '220 mm']] },
      { type: 'code', language: 'python', text: 'print("oi")' },
      { type: 'picture', image_id: 'image-1', alt: 'Gota', caption: 'Uma gota' },
      { type: 'paragraph', text: 'Citação' },
    ]);
    expect(document.images).toHaveLength(1);
  });

  it('keeps the text of HTML and nothing that could act', async () => {
    const { blocks } = await read(
      [
        '# Aula', '', 'Antes <script>alert("um")</script> depois <b onclick="alert(2)">forte</b> <img src=x onerror=alert(3)>fim.', '',
        '<script>', 'alert("quatro")', '</script>', '', '<div><iframe src="https://evil.example"></iframe><p onmouseover="x()">Texto <em>vivo</em></p><style>p{}</style></div>', '',
        '<svg onload="alert(5)"><text>seis</text></svg>', '', '[clique](javascript:alert(7))',
      ].join('\n'),
    );
    expect(blocks).toEqual([
      { type: 'heading', level: 1, text: 'Aula' },
      { type: 'paragraph', text: 'Antes depois forte fim.' },
      { type: 'paragraph', text: 'Texto vivo' },
      { type: 'paragraph', text: 'clique' },
    ]);
  });

  it('fetches nothing: pictures elsewhere become a warning', async () => {
    const { blocks, images, warnings } = await read('# Aula de hoje\n\nVeja ![um](https://evil.example/a.png) e ![dois](file:///etc/passwd) aqui.');
    expect(images).toEqual([]);
    expect(blocks[1]).toEqual({ type: 'paragraph', text: 'Veja e aqui.' });
    expect(warnings).toEqual([expect.stringContaining('https://evil.example/a.png'), expect.stringContaining('file:///etc/passwd')]);
  });

  it('survives nesting without end', async () => {
    await expectRefusal(read(`${'>'.repeat(50_000)} fundo`), 'document_unreadable');
    const { blocks } = await read(`Antes da lista longa.\n\n${'['.repeat(5_000)}`);
    expect(blocks[0]).toEqual({ type: 'paragraph', text: 'Antes da lista longa.' });
  });

  it('refuses a file without text', async () => {
    await expectRefusal(read('---\ntitle: Vazia\n---\n\n<script>alert(1)</script>\n'), 'document_has_no_text');
  });
});

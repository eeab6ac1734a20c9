import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from './sniff-format.js';
import { expectRefusal, picture, withFile } from './testing/files.fixture.js';
import { docxOf, pptxOf, slideShape, wordParagraph } from './testing/office.fixture.js';
import { pdfOf } from '@tecnocursos/testing';
import { zipOf } from '@tecnocursos/testing';

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

function sniff(content: string | Uint8Array, fileName = 'aula.pdf'): Promise<string> {
  return withFile(content, (path) => sniffFormat(path, fileName));
}

describe('sniffing of formats', () => {
  it('goes by content, whatever the name says', async () => {
    expect(await sniff(pdfOf([{}]), 'aula.txt')).toBe('pdf');
    expect(await sniff(docxOf({ body: wordParagraph('Oi') }), 'aula.pptx')).toBe('docx');
    expect(await sniff(pptxOf([{ shapes: slideShape(['Oi'], 'title') }]), 'aula.docx')).toBe('pptx');
    expect(await sniff('Olá, turma.', 'aula.docx')).toBe('text');
    expect(await sniff('O texto fala de %PDF-1.4, mas não é um.', 'aula.pdf')).toBe('text');
  });

  it('tells Markdown from plain text by the name', async () => {
    expect(await sniff('# Olá', 'aula.md')).toBe('markdown');
    expect(await sniff('# Olá', 'aula.MARKDOWN')).toBe('markdown');
    expect(await sniff('# Olá', 'aula')).toBe('text');
  });

  it('takes UTF-16 and Latin-1 for text', async () => {
    expect(await sniff(Buffer.from('\uFEFFLição de casa', 'utf16le'))).toBe('text');
    expect(await sniff(Buffer.from('Lição de casa: água, pão e maçã', 'latin1'))).toBe('text');
  });

  it('refuses an empty file', async () => {
    await expectRefusal(sniff(''), 'document_unreadable');
  });

  it.each([
    ['a renamed Windows program', Buffer.concat([Buffer.from('MZ'), randomBytes(2_000)])],
    ['a renamed Linux program', Buffer.concat([Buffer.from('\x7fELF', 'latin1'), randomBytes(2_000)])],
    ['an old .doc or .ppt', Buffer.concat([COMPOUND_FILE, Buffer.alloc(1_000), Buffer.from('WordDocument', 'utf16le')])],
    ['an RTF document', Buffer.from('{\\rtf1\\ansi Aula}')],
    ['random bytes', Buffer.concat([Buffer.from('zz'), randomBytes(3_000)])],
    ['a spreadsheet', zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }, { name: 'xl/workbook.xml', content: '<workbook/>' }])],
    ['a zip of other files', zipOf([{ name: 'aula.txt', content: 'Olá' }])],
  ])('refuses %s', async (_, content) => {
    await expectRefusal(sniff(content), 'unsupported_media_type');
  });

  it('refuses a picture with another remedy than "save again"', async () => {
    const refusal = await expectRefusal(sniff(await picture()), 'unsupported_media_type');
    expect(refusal.issues[0]?.message).toContain('into a document');
  });

  it('knows encrypted Office documents, in compound files and in zip containers', async () => {
    await expectRefusal(sniff(Buffer.concat([COMPOUND_FILE, Buffer.alloc(1_016), Buffer.from('EncryptedPackage', 'utf16le')])), 'document_encrypted');
    await expectRefusal(sniff(zipOf([{ name: 'word/document.xml', content: '<w/>', isEncrypted: true }])), 'document_encrypted');
  });

  it('calls a cut-off container damaged', async () => {
    const docx = docxOf({ body: wordParagraph('Oi') });
    await expectRefusal(sniff(docx.subarray(0, docx.length - 200)), 'document_unreadable');
    await expectRefusal(sniff(zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }])), 'document_unreadable');
  });
});

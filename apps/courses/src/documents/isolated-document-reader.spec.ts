import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { IsolatedDocumentReader } from './isolated-document-reader.js';
import { expectRefusal, picture, readContent, withFile } from './testing/files.fixture.js';
import { docxOf, wordParagraph, wordPicture } from './testing/office.fixture.js';
import { pdfOf, pdfOfStream } from '@tecnocursos/testing';

const MEGABYTE = 1024 * 1024;
const LESSON = '# Água\n\nA água evapora dos mares e volta a cair como chuva.\n';

describe('isolated document reader', () => {
  it('gives what the thread read, pictures included', async () => {
    const body = wordParagraph('A chuva cai do céu.') + wordPicture('foto', 'Uma foto');
    const document = await readContent(docxOf({ body, pictures: { foto: await picture() } }), 'chuva.docx', new IsolatedDocumentReader());
    expect(document).toMatchObject({ title: 'chuva', language: 'pt-BR', format: 'docx' });
    expect(document.images[0]?.bytes.subarray(1, 4)).toEqual(new Uint8Array(Buffer.from('PNG')));
  });

  it('gives refusals with their code and remedy', async () => {
    const reader = new IsolatedDocumentReader();
    await expectRefusal(readContent('', 'a.pdf', reader), 'document_unreadable');
    await expectRefusal(readContent(pdfOf([{}], { password: { user: 'a', owner: 'b' } }), 'a.pdf', reader), 'document_encrypted');
  });

  it('gives up a reading that takes too long', async () => {
    const refusal = await expectRefusal(readContent(LESSON, 'agua.md', new IsolatedDocumentReader({ timeoutMs: 5 })), 'document_unreadable');
    expect(refusal.detail).toContain('seconds');
  });

  it('outlives a document that takes more heap than allowed', async () => {
    const body = Array.from({ length: 150_000 }, (_, index) => wordParagraph(`A água número ${(index * 7_919) % 100_003}`)).join('');
    const refusal = await expectRefusal(readContent(docxOf({ body }), 'a.docx', new IsolatedDocumentReader({ heapMb: 64 })), 'document_unreadable');
    expect(refusal.detail).toContain('memory');
  });

  it('outlives a stream that inflates without end', async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(400 * MEGABYTE, ' ')));
    const before = process.memoryUsage().rss;
    await expectRefusal(readContent(pdfOfStream(bomb, '[/FlateDecode /FlateDecode]'), 'a.pdf', new IsolatedDocumentReader({ memoryMb: 300, timeoutMs: 15_000 })), 'document_unreadable');
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * MEGABYTE);
  });

  it('stops when asked to, before and while it reads', async () => {
    const reader = new IsolatedDocumentReader();
    const canceled = expect.objectContaining({ code: 'canceled' });
    await withFile(LESSON, async (path) => {
      await expect(reader.read(path, { signal: AbortSignal.abort() })).rejects.toEqual(canceled);
      await expect(reader.read(path, { signal: AbortSignal.timeout(20) })).rejects.toEqual(canceled);
      await expect(reader.read(path, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AppError);
    });
  });

  it('reads again after any of that', async () => {
    expect((await readContent(LESSON, 'agua.md', new IsolatedDocumentReader())).title).toBe('Água');
  });
});

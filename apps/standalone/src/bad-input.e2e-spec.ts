import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfOf, zipOf } from '@tecnocursos/testing';
import type { CourseApi, Upload } from './testing/course-api.harness.js';
import { PlatformProcess } from './testing/platform.harness.js';

const MIB = 1024 * 1024;
const TEXT = 'A fotossíntese é o processo pelo qual as plantas transformam a luz em energia. Ela acontece nas folhas.';

const pdfOfPages = (texts: readonly string[], password?: { user: string; owner: string }): Buffer =>
  pdfOf(texts.map((text) => ({ texts: text === '' ? [] : [{ text, x: 50, y: 100 }] })), password && { password });

/** A hundred thousand bytes that become a hundred megabytes when they are unpacked. */
const bomb = (name: string): Uint8Array => zipOf([
  { name: '[Content_Types].xml', content: '<Types/>' },
  { name, content: Buffer.alloc(100 * MIB, 0x20) },
]);

const docs: [string, string, string, () => Upload][] = [
  ['an empty file', 'document_unreadable', 'file', () => ({ name: 'vazio.pdf', bytes: '' })],
  ['a corrupt PDF', 'document_unreadable', 'file', () => ({ name: 'ruim.pdf', bytes: '%PDF-1.7\nlixo e nada mais' })],
  ['a PDF without text', 'document_has_no_text', 'file', () => ({ name: 'imagem.pdf', bytes: pdfOfPages(['', '']) })],
  ['400 pages', 'document_too_long', 'file', () => ({ name: 'longo.pdf', bytes: pdfOfPages(Array.from({ length: 400 }, (_, page) => `Pagina ${page} com texto sobre a agua.`)) })],
  ['a program that is called PDF', 'unsupported_media_type', 'file', () => ({ name: 'aula.pdf', bytes: Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(4096, 7)]) })],
  ['a PDF with a password', 'document_encrypted', 'file', () => ({ name: 'senha.pdf', bytes: pdfOfPages(['Segredo'], { user: 'abre', owner: 'dono' }) })],
  ['a protected presentation', 'document_encrypted', 'file', () => ({ name: 'aula.pptx', bytes: encryptedOoxml() })],
  ['a zip bomb called DOCX', 'document_unreadable', 'file', () => ({ name: 'bomba.docx', bytes: bomb('word/document.xml') })],
  ['a zip bomb called PPTX', 'document_unreadable', 'file', () => ({ name: 'bomba.pptx', bytes: bomb('ppt/presentation.xml') })],
  ['text in another script', 'document_language_unsupported', 'file', () => ({ name: 'texto.txt', bytes: '光合作用是植物利用光能将二氧化碳和水转化为葡萄糖并释放氧气的过程。植物的叶子含有叶绿素。'.repeat(5) })],
];

/** The container of Office files with a password: its directory names the stream EncryptedPackage. */
function encryptedOoxml(): Uint8Array {
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(2048)]);
}

async function storedFiles(directory: string): Promise<string[]> {
  const entries = await readdir(join(directory, 'storage'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
}

describe('bad input, through HTTP', () => {
  let platform: PlatformProcess;
  let api: CourseApi;
  let before: string[];

  beforeAll(async () => {
    platform = await PlatformProcess.start();
    api = platform.api;
    before = await storedFiles(platform.directory);
  }, 60_000);
  afterAll(() => platform?.dispose());

  const nothingHappened = async (): Promise<void> => {
    expect(await storedFiles(platform.directory)).toEqual(before);
    expect(await api.json('GET', '/api/courses')).toMatchObject({ next_cursor: null });
    expect((await fetch(`${platform.url}/api/health/live`)).status).toBe(200);
  };

  it.each(docs)('refuses %s with %s, and keeps nothing', async (_label, code, field, file) => {
    const problem = await api.problem(api.upload(file()));
    expect(problem).toMatchObject({ code, errors: [expect.objectContaining({ field })] });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status).toBeLessThan(500);
    expect(problem.errors?.[0]?.message.length).toBeGreaterThan(10);
    await nothingHappened();
  }, 40_000);

  it('refuses 60 MB, and keeps nothing', async () => {
    const problem = await api.problem(api.upload({ name: 'grande.pdf', bytes: Buffer.alloc(60 * MIB, 1) }));
    expect(problem).toMatchObject({ status: 413, code: 'payload_too_large', errors: [expect.objectContaining({ field: 'file' })] });
    await nothingHappened();
  }, 30_000);

  it.each([
    ['no body', undefined, 'application/json'],
    ['broken JSON', '{"title": "A"', 'application/json'],
    ['a missing title', JSON.stringify({ text: TEXT }), 'application/json'],
    ['a missing text', JSON.stringify({ title: 'A' }), 'application/json'],
    ['a surplus field', JSON.stringify({ title: 'A', text: TEXT, tenant_id: 'other' }), 'application/json'],
    ['a title with a NUL', JSON.stringify({ title: 'a\u0000b', text: TEXT }), 'application/json'],
    ['a bad option', JSON.stringify({ title: 'A', text: TEXT, aspect: '4:3' }), 'application/json'],
    ['a voice that does not exist', JSON.stringify({ title: 'A', text: TEXT, voice: 'nobody' }), 'application/json'],
    ['an array', '[]', 'application/json'],
  ])('refuses %s with the field', async (_label, body, type) => {
    const problem = await api.problem(api.send('POST', '/api/courses', { ...(body !== undefined && { body }), headers: { 'content-type': type } }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(problem.errors?.length).toBeGreaterThan(0);
    await nothingHappened();
  });

  it.each([
    ['cut short', 'multipart/form-data; boundary=abc', '--abc\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nOl'],
    ['of other bytes', 'multipart/form-data; boundary=abc', 'junk'],
    ['without a boundary', 'multipart/form-data', 'junk'],
  ])('refuses a form %s', async (_label, type, body) => {
    const problem = await api.problem(api.send('POST', '/api/courses', { body, headers: { 'content-type': type } }));
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status).toBeLessThan(500);
    await nothingHappened();
  });

  it.each([
    ['/api/courses/not-an-id', 400, 'invalid_request'],
    ['/api/courses/0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11', 404, 'not_found'],
    ['/api/courses?limit=0', 400, 'invalid_request'],
    ['/api/courses?cursor=nonsense', 400, 'invalid_request'],
    ['/api/nothing', 404, 'not_found'],
  ])('answers GET %s with %d %s', async (path, status, code) => {
    expect(await api.problem(api.send('GET', path))).toMatchObject({ status, code });
  });

  it('makes an ordinary course of hostile Markdown: markup is text or nothing', async () => {
    const hostile = `# Aula <script>alert(1)</script>\n\n${TEXT} <img src=x onerror=alert(2)> [clique](javascript:alert(3))\n\n</script><script>alert(4)</script>\n\n${TEXT}`;
    const response = await api.upload({ name: 'hostil.md', bytes: hostile });
    expect(response.status).toBe(202);
    const course = await api.finished(((await response.json()) as { id: string }).id);
    expect(course.state).toBe('published');
    const page = await (await fetch(course.player_url ?? '')).text();
    expect(page).not.toMatch(/<script>alert|onerror=alert|href="javascript:/);
    expect((await api.send('DELETE', `/api/courses/${course.id}`)).status).toBe(204);
    // Spoken slides are kept for the next course that says the same; nothing else of the course stays.
    const folders = new Set((await storedFiles(platform.directory)).filter((path) => !path.includes('/.meta/')).map((path) => path.slice(platform.directory.length).split('/')[3]));
    expect([...folders]).toEqual(['speech']);
  }, 60_000);
});

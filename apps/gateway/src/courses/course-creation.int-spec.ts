import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, createCourse, createUpload, deleteObjects, MAX_UPLOAD_BYTES } from '@tecnocursos/contracts';
import { API_KEY, GatewayHarness, TENANT } from '../gateway.harness.js';
import { COURSE, COURSE_ID } from './course-fixtures.harness.js';

let harness: GatewayHarness;
let replayed = false;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

beforeEach(() => {
  replayed = false;
  harness.services.calls.length = 0;
  harness.storage.received.length = 0;
  harness.services
    .on(createCourse, () => ({ course: COURSE, replayed }))
    .on(createUpload, ({ key }) => ({ url: `${harness.storage.url}/files/${key}`, method: 'PUT' as const, expires_at: '2026-01-01T00:00:00Z' }))
    .on(deleteObjects, ({ keys }) => ({ deleted: keys.length }));
});

function form(fields: Array<[string, string | Blob, string?]>): FormData {
  const data = new FormData();
  for (const [name, value, filename] of fields) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, filename ?? 'aula.md');
  }
  return data;
}

const post = (body: FormData, headers: Record<string, string> = {}): Promise<Response> => harness.fetch('/api/courses', { method: 'POST', body, headers });
const postJson = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  harness.fetch('/api/courses', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const document = (bytes: number | string = '# A água'): Blob => new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]);
const keysDeleted = (): unknown[] => harness.services.callsOf(deleteObjects).flatMap(({ request }) => (request as { keys: string[] }).keys);
const keysUploaded = (): unknown[] => harness.services.callsOf(createUpload).map(({ request }) => (request as { key: string }).key);
const fieldsAtFault = async (response: Response): Promise<string[]> => ((await response.json()) as { errors: Array<{ field: string }> }).errors.map(({ field }) => field);

describe('a document', () => {
  it('is stored while it arrives, and becomes a course, with fields before and after it', async () => {
    const response = await post(form([['language', 'pt-BR'], ['file', document(), 'Aula 1.md'], ['title', ' A água '], ['lesson_minutes', '5']]));
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/api/courses/${COURSE_ID}`);
    expect(response.headers.get('idempotency-replayed')).toBeNull();
    expect(await response.json()).toEqual(COURSE);
    expect(harness.storage.received).toMatchObject([{ bytes: 9, complete: true }]);
    expect(harness.services.callsOf(createCourse)).toMatchObject([{
      tenantId: TENANT,
      request: {
        title: 'A água', options: { language: 'pt-BR', lesson_minutes: 5, aspect: '16:9' },
        source: { type: 'upload', key: keysUploaded()[0], filename: 'Aula 1.md', sha256: 'a'.repeat(64) },
      },
    }]);
    expect(keysDeleted()).toEqual([]);
  });

  it('that is empty is for the service to judge, and is deleted when it is refused', async () => {
    harness.services.on(createCourse, () => {
      throw new AppError('document_unreadable', 'The document is empty.', { issues: [{ field: 'file', message: 'Send one with text.' }] });
    });
    const response = await post(form([['file', document('')]]));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'document_unreadable', errors: [{ field: 'file' }] });
    expect(keysDeleted()).toEqual(keysUploaded());
  });

  it('of 60 MB is refused by its declared length, before a byte is stored', async () => {
    const response = await post(form([['file', document(60 * 1024 * 1024)]]));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'payload_too_large', errors: [{ field: 'file', message: expect.stringContaining('50 MB') }] });
    expect(harness.storage.received).toEqual([]);
    expect(harness.services.callsOf(createCourse)).toEqual([]);
  });

  it('of 60 MB without a declared length is cut off at 50 MB, and what was stored is deleted', async () => {
    const { status, body } = await postChunked(60);
    expect(status).toBe(413);
    expect(JSON.parse(body)).toMatchObject({ code: 'payload_too_large', errors: [{ field: 'file' }] });
    expect(harness.storage.received).toMatchObject([{ complete: false }]);
    expect(harness.storage.received[0]?.bytes).toBeLessThanOrEqual(MAX_UPLOAD_BYTES);
    expect(keysDeleted()).toEqual(keysUploaded());
    expect(harness.services.callsOf(createCourse)).toEqual([]);
  });

  it('of 50 MB exactly is taken', async () => {
    expect((await post(form([['file', document(MAX_UPLOAD_BYTES)]]))).status).toBe(202);
    expect(harness.storage.received).toMatchObject([{ bytes: MAX_UPLOAD_BYTES, complete: true }]);
  });

  it.each<[string, Array<[string, string | Blob, string?]>, string]>([
    ['no file', [['language', 'en']], 'file'],
    ['a file in a field of another name', [['document', document()]], 'document'],
    ['a file without a file name', [['file', 'text']], 'file'],
    ['two files', [['file', document()], ['file', document()]], 'file'],
    ['an unknown field', [['file', document()], ['colour', 'red']], 'colour'],
    ['a field twice', [['language', 'en'], ['language', 'pt-BR'], ['file', document()]], 'language'],
    ['a wrong language', [['file', document()], ['language', 'xx']], 'language'],
    ['a wrong length of lessons', [['file', document()], ['lesson_minutes', 'many']], 'lesson_minutes'],
    ['a forbidden field name', [['__proto__', 'x'], ['file', document()]], '(body)'],
  ])('with %s is refused, names the field, and leaves nothing behind', async (_name, fields, field) => {
    const response = await post(form(fields));
    expect(response.status).toBe(400);
    expect(await fieldsAtFault(response)).toEqual([field]);
    expect(keysDeleted()).toEqual(keysUploaded());
    expect(harness.services.callsOf(createCourse)).toEqual([]);
  });

  it('that breaks off leaves nothing behind', async () => {
    await expect(postChunked(20, { breakOff: true })).rejects.toThrow();
    for (let waits = 0; waits < 100 && keysDeleted().length === 0; waits++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(keysDeleted()).toEqual(keysUploaded());
    expect(harness.services.callsOf(createCourse)).toEqual([]);
  });

  it('finds the storage away: 503 with a hint when to come back', async () => {
    harness.services.on(createUpload, () => ({ url: 'http://127.0.0.1:9/files/x', method: 'PUT' as const, expires_at: '2026-01-01T00:00:00Z' }));
    const response = await post(form([['file', document()]]));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
  });
});

describe('an idempotency key', () => {
  it('goes to the service, and a repeated upload writes over the first', async () => {
    const headers = { 'idempotency-key': 'aula-1' };
    await post(form([['file', document()]]), headers);
    replayed = true;
    const again = await post(form([['file', document()]]), headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(new Set(keysUploaded()).size).toBe(1);
    expect(keysDeleted()).toEqual(keysUploaded().slice(1));
    expect(harness.services.callsOf(createCourse)).toMatchObject([{ request: { idempotency_key: 'aula-1' } }, { request: { idempotency_key: 'aula-1' } }]);
  });

  it('of a request that is carried out twice at once: the later one is told to come again', async () => {
    harness.services.on(createCourse, () => {
      throw new AppError('not_found', 'Nothing is stored there.');
    });
    const response = await post(form([['file', document()]]), { 'idempotency-key': 'aula-2' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  });

  it('absent, each upload has a place of its own', async () => {
    await post(form([['file', document()]]));
    await post(form([['file', document()]]));
    expect(new Set(keysUploaded()).size).toBe(2);
  });

  it.each([['too long', 'k'.repeat(256)], ['empty', '']])('that is %s is refused', async (_name, key) => {
    const response = await postJson({ title: 'A', text: 'B' }, { 'idempotency-key': key });
    expect(response.status).toBe(400);
    expect(await fieldsAtFault(response)).toEqual(['idempotency-key']);
  });
});

describe('a text', () => {
  it('becomes a course', async () => {
    const response = await postJson({ title: 'A água', text: '# A água\n\nÉ líquida.', language: 'pt-BR', aspect: '9:16' });
    expect(response.status).toBe(202);
    expect(harness.services.callsOf(createCourse)).toMatchObject([
      { request: { source: { type: 'text', title: 'A água', text: '# A água\n\nÉ líquida.' }, options: { language: 'pt-BR', aspect: '9:16' } } },
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['no fields', {}, ['title', 'text']],
    ['no text', { title: 'A' }, ['text']],
    ['surplus fields', { title: 'A', text: 'B', colour: 'red', size: 1 }, ['colour', 'size']],
    ['a number for a title', { title: 1, text: 'B' }, ['title']],
    ['an empty text', { title: 'A', text: '' }, ['text']],
    ['a text that is too long', { title: 'A', text: 'x'.repeat(400_001) }, ['text']],
    ['a list', [], ['(body)']],
    ['a word', 'word', ['(body)']],
  ])('with %s is refused by field', async (_name, body, fields) => {
    const response = await postJson(body);
    expect(response.status).toBe(400);
    expect(await fieldsAtFault(response)).toEqual(fields);
    expect(harness.services.callsOf(createCourse)).toEqual([]);
  });

  it('of more than 1 MB is refused with a remedy', async () => {
    const response = await postJson({ title: 'A', text: 'x'.repeat(3_000_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'payload_too_large', detail: expect.stringContaining('file') });
  });
});

/** A multipart body of so many MiB in chunks, with no length given. */
function postChunked(mebibytes: number, { breakOff = false } = {}): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${harness.gateway.url}/api/courses`, {
      method: 'POST', headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'multipart/form-data; boundary=b' },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    request.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n');
    void (async () => {
      const chunk = Buffer.alloc(1024 * 1024);
      for (let sent = 0; sent < mebibytes && !request.destroyed; sent++) {
        await new Promise<void>((written) => request.write(chunk, () => written()));
        if (breakOff && sent === mebibytes / 2) request.destroy(new Error('broken off'));
      }
      if (!request.destroyed) request.end('\r\n--b--\r\n');
    })();
  });
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDownloads, createUpload, deleteObjects, headObject, healthChecks, listObjects, newId, type ObjectRef } from '@tecnocursos/contracts';
import { backgroundContext, connectBus, RpcClient, runInContext, type BusConnection } from '@tecnocursos/messaging';
import { BlobStore, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { service } from './service.js';

const TENANT = newId();
const SIGNING_KEY = randomBytes(32).toString('hex');

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request whose path goes out as it is given: `fetch` would tidy it up. */
function send(url: string, options: { method?: string; path?: string; headers?: Record<string, string>; body?: Buffer | Readable } = {}): Promise<Answer> {
  const { host, pathname } = new URL(url);
  const [hostname, port] = host.split(':');
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path: options.path ?? pathname, method: options.method ?? 'GET', headers: options.headers, agent: false });
    request.on('response', (response) => {
      buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject);
    });
    request.on('error', reject);
    if (options.body instanceof Readable) options.body.pipe(request);
    else request.end(options.body);
  });
}

const problemOf = (answer: Answer): { code: string; status: number } => {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  return JSON.parse(answer.body.toString()) as { code: string; status: number };
};

describe('storage', () => {
  let nats: TestNatsServer;
  let directory: string;
  let running: RunningService;
  let bus: BusConnection;
  let rpc: RpcClient;

  const uploadUrl = async (key: string, options: { type?: string; max?: number; tenantId?: string } = {}): Promise<string> => {
    const { type = 'text/plain', max = 1_000, tenantId = TENANT } = options;
    return (await rpc.call(createUpload, { key, content_type: type, max_bytes: max }, { tenantId })).url;
  };
  const downloadUrl = async (key: string, tenantId = TENANT): Promise<string> => (await rpc.call(createDownloads, { keys: [key] }, { tenantId })).urls[0] ?? '';
  const store = async (key: string, content: string | Buffer, type = 'text/plain'): Promise<ObjectRef> => {
    const body = Buffer.from(content);
    const answer = await send(await uploadUrl(key, { type, max: Math.max(1, body.length) }), { method: 'PUT', body, headers: { 'content-type': type } });
    expect(answer.status).toBe(201);
    return JSON.parse(answer.body.toString()) as ObjectRef;
  };
  const drafts = (): Promise<string[]> => readdir(join(directory, '.tmp'));

  beforeAll(async () => {
    nats = await startNatsServer();
    directory = await mkdtemp(join(tmpdir(), 'tc-storage-'));
    running = await startService(service, createTestRuntime(nats.url, { STORAGE_DIR: directory, STORAGE_SIGNING_KEY: SIGNING_KEY, PUBLIC_URL: 'https://cursos.example/' }));
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  });
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('takes an object and gives it back, whole and by ranges', async () => {
    const content = randomBytes(5_000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await store('a/clip.mp4', content, 'video/mp4')).toEqual({ key: 'a/clip.mp4', content_type: 'video/mp4', size: 5_000, sha256 });
    expect((await rpc.call(headObject, { key: 'a/clip.mp4' }, { tenantId: TENANT })).object).toEqual({ key: 'a/clip.mp4', content_type: 'video/mp4', size: 5_000, sha256 });

    const url = await downloadUrl('a/clip.mp4');
    const whole = await send(url);
    expect(whole.body.equals(content)).toBe(true);
    expect(whole.headers).toMatchObject({
      'content-length': '5000', 'content-type': 'video/mp4', 'accept-ranges': 'bytes', 'etag': `"${sha256}"`, 'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="clip.mp4"',
    });
    expect(whole.headers['cache-control']).toMatch(/^private, max-age=(3600|359\d)$/);

    const range = (value: string, headers = {}): Promise<Answer> => send(url, { headers: { range: value, ...headers } });
    const part = await range('bytes=100-199');
    expect([part.status, part.headers['content-range'], part.headers['content-length']]).toEqual([206, 'bytes 100-199/5000', '100']);
    expect(part.body.equals(content.subarray(100, 200))).toBe(true);
    expect((await range('bytes=-10')).body.equals(content.subarray(4_990))).toBe(true);
    expect((await range('bytes=4990-')).body.equals(content.subarray(4_990))).toBe(true);
    expect((await range('bytes=0-1,5-6')).status).toBe(200);
    const outside = await range('bytes=5000-');
    expect([outside.status, outside.headers['content-range'], problemOf(outside).code]).toEqual([416, 'bytes */5000', 'range_not_satisfiable']);
    expect((await range('bytes=0-1', { 'if-range': `"${sha256}"` })).status).toBe(206);
    expect((await range('bytes=0-1', { 'if-range': '"another"' })).status).toBe(200);
  });

  it('answers HEAD like GET, and 304 to those who have the object', async () => {
    const { sha256 } = await store('a/head.txt', 'olá');
    const url = await downloadUrl('a/head.txt');
    const head = await send(url, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.headers['content-type'], head.body.length]).toEqual([200, '4', 'text/plain; charset=utf-8', 0]);
    for (const tag of [`"${sha256}"`, `W/"${sha256}"`, `"x", "${sha256}"`, '*']) {
      const answer = await send(url, { headers: { 'if-none-match': tag } });
      expect([answer.status, answer.body.length, answer.headers.etag]).toEqual([304, 0, `"${sha256}"`]);
    }
    expect((await send(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('serves a page under a strict policy, and other types as attachments', async () => {
    await store('page/index.html', '<h1>x</h1>', 'text/html');
    const page = await send(await downloadUrl('page/index.html'));
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; media-src 'self' blob:");
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['content-disposition']).toBe('inline; filename="index.html"');
    for (const [key, type] of [['x.svg', 'image/svg+xml'], ['x.zip', 'application/zip'], ['x.pdf', 'application/pdf']] as const) {
      await store(key, 'x', type);
      expect((await send(await downloadUrl(key))).headers['content-disposition']).toBe(`attachment; filename="${key}"`);
    }
  });

  it('opens a folder as a whole for the links of a page, and nothing beside it', async () => {
    for (const key of ['site/one/index.html', 'site/one/media/a.mp4', 'site/two/index.html']) await store(key, key, 'text/html');
    const { urls } = await rpc.call(createDownloads, { keys: ['site/one/index.html'], scope: 'site/one' }, { tenantId: TENANT });
    const page = urls[0] ?? '';
    expect((await send(new URL('media/a.mp4', page).href)).body.toString()).toBe('site/one/media/a.mp4');
    expect(problemOf(await send(new URL('../two/index.html', page).href)).code).toBe('link_invalid');
    await expect(rpc.call(createDownloads, { keys: ['site/two/index.html'], scope: 'site/one' }, { tenantId: TENANT })).rejects.toMatchObject({
      code: 'invalid_request', issues: [{ field: 'keys.0' }],
    });
  });

  it('gives browsers links through the gateway', async () => {
    const { urls, expires_at } = await rpc.call(createDownloads, { keys: ['a/b', 'a/c'], audience: 'public', expires_s: 60 }, { tenantId: TENANT });
    expect(urls.map((url) => url.replace(/files\/[^/]+/, 'files/TOKEN'))).toEqual(['a/b', 'a/c'].map((key) => `https://cursos.example/files/TOKEN/${TENANT}/${key}`));
    expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(60_000);
  });

  it('ends links', async () => {
    await store('a/short', 'x');
    const { urls } = await rpc.call(createDownloads, { keys: ['a/short'], expires_s: 1 }, { tenantId: TENANT });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const answer = await send(urls[0] ?? '');
    expect([answer.status, problemOf(answer).code]).toEqual([403, 'link_invalid']);
  });

  it('refuses links for anything they were not made for', async () => {
    const other = newId();
    await store('a/mine', 'mine');
    const url = await downloadUrl('a/mine');
    const refused = async (target: string, method = 'GET'): Promise<void> => {
      const answer = await send(target, { method, ...(method === 'PUT' && { body: Buffer.from('x') }) });
      expect([answer.status, problemOf(answer).code]).toEqual([403, 'link_invalid']);
    };
    await refused(url.replace('a/mine', 'a/other'));
    await refused(url.replace(TENANT, other));
    await refused(url, 'PUT');
    await refused(await uploadUrl('a/mine'), 'GET');
    await refused((await uploadUrl('a/mine')).replace(TENANT, other), 'PUT');
    await refused(url.replace('/files/', '/files/x'));
    await refused(url.replace(/files\/[^/]+/, 'files/'));
    await expect(rpc.call(headObject, { key: 'a/mine' }, { tenantId: other })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rpc.call(headObject, { key: 'a/mine' }, { tenantId: '../..' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('lets no path out of the folder that the link opens', async () => {
    await store('fenced/a', 'x');
    const { urls } = await rpc.call(createDownloads, { keys: ['fenced/a'], scope: 'fenced' }, { tenantId: TENANT });
    const url = urls[0] ?? '';
    const base = new URL(url).pathname.replace(/a$/, '');
    const escapes = [
      '../../.signing-key', '..%2f..%2f.signing-key', '%2e%2e/%2e%2e/.signing-key', '..%5c..%5cx', '..\\..\\x', 'a%00', 'a%00.png', '/etc/passwd', '%2fetc%2fpasswd',
      './a', 'a/', 'a//b', '%61', '%', '%zz', '%c0%ae%c0%ae/x', '..;/x', 'a;x',
    ];
    for (const escape of escapes) {
      const answer = await send(url, { path: base + escape });
      expect([escape, answer.status, problemOf(answer).code]).toEqual([escape, 403, 'link_invalid']);
    }
    await expect(rpc.call(createUpload, { key: '../x', content_type: 'text/plain', max_bytes: 1 }, { tenantId: TENANT })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'key' }] });
  });

  it('answers problems for missing objects, other methods and other paths', async () => {
    const url = await downloadUrl('not/there');
    expect(problemOf(await send(url))).toMatchObject({ code: 'not_found', status: 404 });
    const post = await send(url, { method: 'POST', body: Buffer.from('{}'), headers: { 'content-type': 'application/json' } });
    expect([post.status, post.headers.allow, problemOf(post).code]).toEqual([405, 'GET, HEAD, PUT', 'method_not_allowed']);
    expect(problemOf(await send(url, { path: '/etc/passwd' })).code).toBe('not_found');
  });

  it('takes no more bytes than the link allows, whatever the client says of them', async () => {
    const announced = await send(await uploadUrl('big', { max: 10 }), { method: 'PUT', body: Buffer.alloc(1_000_000) });
    expect([announced.status, problemOf(announced).code]).toEqual([413, 'payload_too_large']);
    const endless = new Readable({ read() { this.push(Buffer.alloc(65_536)); } });
    const chunked = await send(await uploadUrl('big', { max: 100_000 }), { method: 'PUT', body: endless });
    expect([chunked.status, problemOf(chunked).code]).toEqual([413, 'payload_too_large']);
    endless.destroy();
    expect((await send(await downloadUrl('big'))).status).toBe(404);
    expect(await drafts()).toEqual([]);
  });

  it('takes only the type of content that the link names, and only real types', async () => {
    const answer = await send(await uploadUrl('typed', { type: 'image/png' }), { method: 'PUT', body: Buffer.from('x'), headers: { 'content-type': 'text/html' } });
    expect([answer.status, problemOf(answer).code]).toEqual([415, 'unsupported_media_type']);
    for (const type of ['html', 'text/html\r\nset-cookie: a=b', 'text/html, x/y', 'a/b;"']) {
      await expect(uploadUrl('typed', { type })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'content_type' }] });
    }
  });

  it('forgets uploads that end early or never say their length right', async () => {
    await store('half', 'whole');
    const { host, pathname } = new URL(await uploadUrl('half', { max: 1_000_000 }));
    const [hostname = '', port] = host.split(':');
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n`);
    socket.write(Buffer.alloc(100_000));
    while ((await drafts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    while ((await drafts()).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await send(await downloadUrl('half'))).body.toString()).toBe('whole');
  });

  it('streams 20 MB through', async () => {
    const chunk = randomBytes(1024 * 1024);
    const hash = createHash('sha256');
    const body = Readable.from((function* () {
      for (let index = 0; index < 20; index += 1) {
        hash.update(chunk);
        yield chunk;
      }
    })());
    const put = await send(await uploadUrl('large', { max: 20 * 1024 * 1024 }), { method: 'PUT', body });
    expect(JSON.parse(put.body.toString())).toMatchObject({ size: 20 * 1024 * 1024, sha256: hash.digest('hex') });
    const response = await fetch(await downloadUrl('large'));
    let size = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) size += part.length;
    expect(size).toBe(20 * 1024 * 1024);
  });

  it('serves services through the blob store', async () => {
    const blobs = new BlobStore(rpc);
    await runInContext(backgroundContext(TENANT, newId()), async () => {
      expect(await blobs.putBytes('blobs/empty', new Uint8Array(), 'text/plain')).toMatchObject({ size: 0 });
      expect(await blobs.putBytes('blobs/one', Buffer.from('one'), 'text/plain')).toMatchObject({ size: 3 });
      expect((await blobs.getBytes('blobs/one')).toString()).toBe('one');
      await expect(blobs.getBytes('blobs/two')).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  it('lists and deletes, as often as one likes', async () => {
    for (const key of ['del/1', 'del/2', 'del/sub/3', 'gone']) await store(key, key);
    const page = await rpc.call(listObjects, { folder: 'del', limit: 2 }, { tenantId: TENANT });
    expect([page.objects.map(({ key }) => key), page.has_more]).toEqual([['del/1', 'del/2'], true]);
    const rest = await rpc.call(listObjects, { folder: 'del', after: 'del/2' }, { tenantId: TENANT });
    expect([rest.objects.map(({ key }) => key), rest.has_more]).toEqual([['del/sub/3'], false]);
    expect(await rpc.call(deleteObjects, { folder: 'del', keys: ['gone', 'gone'] }, { tenantId: TENANT })).toEqual({ deleted: 4 });
    expect(await rpc.call(deleteObjects, { folder: 'del', keys: ['gone'] }, { tenantId: TENANT })).toEqual({ deleted: 0 });
  });

  it('tells its health', async () => {
    const health = await rpc.call(healthChecks.storage, {});
    expect(health.dependencies).toContainEqual(expect.objectContaining({ name: 'local-disk', kind: 'storage', status: 'up', mode: 'local', detail: expect.stringMatching(/GiB free/) }));
  });
});

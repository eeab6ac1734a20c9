import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Resolver } from './guarded-connector.js';
import { OutboundHttp } from './outbound-http.client.js';

const PUBLIC = '93.184.216.34';
const at = (...addresses: string[]): Resolver => async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** A server that must hear nothing from whoever may not call it. */
let sentinel: Server;
let port = 0;
let connections = 0;
let received: { url: string | undefined; headers: Record<string, unknown> }[] = [];
let origin = '';
let trusting: OutboundHttp;
let folder = '';

beforeAll(async () => {
  sentinel = createServer((request, response) => {
    received.push({ url: request.url, headers: request.headers });
    const path = request.url ?? '/';
    if (path.startsWith('/to/')) response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end('moved');
    else if (path === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000)));
    else if (path === '/endless') {
      const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.on('close', () => clearInterval(timer));
    } else if (path === '/silent') response.writeHead(200).flushHeaders();
    else response.writeHead(path === '/missing' ? 404 : 200, { 'content-type': 'text/plain' }).end('hello');
  });
  sentinel.on('connection', (_socket: Socket) => (connections += 1));
  await new Promise<void>((resolve) => sentinel.listen(0, '127.0.0.1', resolve));
  port = (sentinel.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
  trusting = new OutboundHttp({ policy: { trustedHosts: [`127.0.0.1:${port}`] } });
  folder = await mkdtemp(join(tmpdir(), 'tecnocursos-outbound-'));
});
afterAll(async () => {
  await trusting.close();
  sentinel.closeAllConnections();
  await new Promise((resolve) => sentinel.close(resolve));
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  connections = 0;
  received = [];
});

/** Each leads to this machine or into a network that is not public; `{port}` is where the sentinel listens. */
const BYPASSES = [
  'https://127.0.0.1:{port}/', 'https://2130706433:{port}/', 'https://0x7f.1:{port}/', 'https://017700000001:{port}/', 'https://127.1:{port}/', 'https://[::1]:{port}/',
  'https://[::ffff:127.0.0.1]:{port}/', 'https://[::ffff:7f00:1]:{port}/', 'https://[64:ff9b::7f00:1]:{port}/', 'https://[2002:7f00:1::]:{port}/', 'https://0.0.0.0:{port}/',
  'https://[::]:{port}/', 'https://localhost:{port}/', 'https://LOCALHOST.:{port}/', 'https://anything.localhost:{port}/', 'https://169.254.169.254/latest/meta-data',
  'https://100.100.100.200/', 'https://168.63.129.16/', 'https://10.0.0.1/', 'https://192.168.1.1/', 'https://172.16.0.1/', 'https://100.64.0.1/', 'https://224.0.0.1/',
  'https://255.255.255.255/', 'https://[fe80::1]/', 'https://[fd00::1]/', 'https://[fec0::1]/', 'https://metadata.google.internal/', 'https://storage/', 'https://db.svc.cluster.local/',
  'https://①②⑦.⓪.⓪.①:{port}/', 'https://127。0。0。1:{port}/', 'https://user:secret@example.com/', 'https://example.com:22/', 'http://example.com/', 'ftp://example.com/',
  'file:///etc/passwd', 'gopher://127.0.0.1:{port}/', 'data:text/plain,hello', 'javascript:alert(1)', '//example.com/', '/etc/passwd', '', 'https://', 'https://example.com:99999/',
  `https://example.com/${'x'.repeat(3_000)}`,
];

describe('OutboundHttp', () => {
  it.each(BYPASSES)('does not call %s', async (pattern) => {
    const url = pattern.replace('{port}', String(port));
    const open = new OutboundHttp({ policy: { ports: [443, port] } });
    await expect(open.request({ url })).rejects.toMatchObject({ kind: 'refused' });
    await expect(open.checkField(url, 'webhook.url')).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'webhook.url' }] });
    await open.close();
    expect(connections).toBe(0);
  });

  it.each([[['127.0.0.1']], [['::1']], [['10.1.2.3']], [[PUBLIC, '127.0.0.1']], [['::ffff:127.0.0.1']]])('does not call a name that resolves to %s', async (addresses) => {
    const open = new OutboundHttp({ policy: { ports: [port] }, resolve: at(...addresses) });
    await expect(open.request({ url: `https://example.com:${port}/` })).rejects.toMatchObject({ kind: 'refused' });
    await expect(open.checkField(`https://example.com:${port}/`, 'url')).rejects.toMatchObject({ code: 'invalid_request' });
    await open.close();
    expect(connections).toBe(0);
  });

  it('does not fall for a name that is public when it is checked and private when it is called', async () => {
    let questions = 0;
    const open = new OutboundHttp({ policy: { ports: [port] }, resolve: async (host) => at((questions += 1) === 1 ? PUBLIC : '127.0.0.1')(host) });
    await expect(open.checkField(`https://rebind.example.com:${port}/`, 'url')).resolves.toBeInstanceOf(URL);
    await expect(open.request({ url: `https://rebind.example.com:${port}/` })).rejects.toMatchObject({ kind: 'refused' });
    await open.close();
    expect([questions, connections]).toEqual([2, 0]);
  });

  it('tells of a name that nobody knows', async () => {
    const open = new OutboundHttp({ resolve: async () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })) });
    await expect(open.checkField('https://nobody.example.com/', 'url')).rejects.toMatchObject({ detail: expect.stringContaining('resolved') });
    await expect(open.request({ url: 'https://nobody.example.com/' })).rejects.toMatchObject({ kind: 'unreachable' });
    await open.close();
  });

  it('calls what is trusted by name, and asks for no compression', async () => {
    const answer = await trusting.request({ url: `${origin}/a`, method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } });
    expect([answer.status, answer.body.toString(), answer.headers['content-type']]).toEqual([200, 'hello', 'text/plain']);
    expect(received[0]?.headers['accept-encoding']).toBe('identity');
    await expect(trusting.request({ url: `http://127.0.0.1:${port + 1}/` })).rejects.toMatchObject({ kind: 'refused' });
  });

  it('follows as many redirects as allowed, each checked, and keeps secrets from other hosts', async () => {
    const once = `${origin}/to/${encodeURIComponent('/b')}`;
    expect((await trusting.request({ url: once })).status).toBe(302);
    expect((await trusting.request({ url: once, redirects: 1 })).url).toBe(`${origin}/b`);
    const loop = `${origin}/to/${encodeURIComponent(`/to/${encodeURIComponent(`/to/${encodeURIComponent(`/to/${encodeURIComponent('/c')}`)}`)}`)}`;
    await expect(trusting.request({ url: loop, redirects: 9 })).rejects.toMatchObject({ kind: 'redirected' });
    for (const target of ['http://169.254.169.254/latest', 'https://[::1]/', 'file:///etc/passwd', 'http://127.0.0.1:1/', 'https://']) {
      await expect(trusting.request({ url: `${origin}/to/${encodeURIComponent(target)}`, redirects: 3 })).rejects.toMatchObject({ kind: 'redirected' });
    }
    const two = new OutboundHttp({ policy: { trustedHosts: ['127.0.0.1', 'localhost'] } });
    received = [];
    await two.request({ url: `${origin}/to/${encodeURIComponent(`http://localhost:${port}/d`)}`, redirects: 1, headers: { authorization: 'Bearer secret', accept: 'x/y' } });
    expect(received.map(({ headers }) => [headers['authorization'], headers['accept']])).toEqual([['Bearer secret', 'x/y'], [undefined, 'x/y']]);
    expect((await two.request({ url: once, method: 'POST', body: 'x', redirects: 3 })).status).toBe(302);
    await two.close();
  });

  it('takes no compressed, endless or silent answer', async () => {
    await expect(trusting.request({ url: `${origin}/gzip` })).rejects.toMatchObject({ kind: 'encoded' });
    await expect(trusting.request({ url: `${origin}/endless`, maxBytes: 500_000 })).rejects.toMatchObject({ kind: 'too_large' });
    await expect(trusting.request({ url: `${origin}/silent`, timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timeout' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(trusting.request({ url: `${origin}/silent`, signal: controller.signal })).rejects.toMatchObject({ kind: 'canceled' });
  });

  it('downloads to a file, and leaves none behind when it fails', async () => {
    const path = join(folder, 'file');
    expect(await trusting.download({ url: `${origin}/a` }, path)).toMatchObject({ status: 200, size: 5 });
    expect(await readFile(path, 'utf8')).toBe('hello');
    expect(await trusting.download({ url: `${origin}/missing` }, path)).toMatchObject({ status: 404, size: 0 });
    await expect(trusting.download({ url: `${origin}/endless`, maxBytes: 500_000 }, path)).rejects.toMatchObject({ kind: 'too_large' });
    expect(await readdir(folder)).toEqual([]);
  });
});

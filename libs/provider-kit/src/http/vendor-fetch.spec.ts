import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyChunks } from './lean-response.js';
import { transportFailure } from './transport-failure.js';
import { createVendorHttp, type VendorHttp } from './vendor-fetch.js';

let server: Server;
let url = '';
let http: VendorHttp;
let connections = 0;
const LONG_BYTES = 32 * 1024 * 1024;
let written = 0;
let hasToldAll = false;
let closed: () => void = () => undefined;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end();
      else if (request.url === '/large') response.end(Buffer.alloc(5_000));
      else if (request.url === '/events') {
        response.write('first');
        hasToldAll = false;
        const timer = setTimeout(() => {
          hasToldAll = true;
          response.end('rest');
        }, 30);
        response.on('close', () => {
          clearTimeout(timer);
          closed();
        });
      } else if (request.url === '/endless') {
        response.write('first');
        response.on('close', () => closed());
      } else if (request.url === '/long') {
        const piece = Buffer.alloc(64 * 1024);
        const write = (): void => {
          while (written < LONG_BYTES) {
            written += piece.length;
            if (!response.write(piece)) return void response.once('drain', write);
          }
          response.end();
        };
        write();
      } else if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setTimeout(() => response.destroy(), 10);
      } else response.writeHead(201, { 'content-type': 'application/json', 'x-echo': request.method ?? '' }).end(JSON.stringify({ body: Buffer.concat(chunks).toString(), key: request.headers['x-key'] ?? null, type: request.headers['content-type'] ?? null }));
    });
  });
  server.on('connection', () => { connections += 1; });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = createVendorHttp({ maxBodyBytes: 1_000 });
});
afterAll(async () => {
  await http.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('fetch to vendors', () => {
  it('sends and reads as fetch does', async () => {
    const response = await http.fetch(`${url}/echo?a=1`, { method: 'POST', body: '{"á":1}', headers: new Headers({ 'x-key': 'k', 'content-type': 'application/json' }) });
    expect([response.ok, response.status, response.headers.get('X-Echo'), response.headers.get('absent')]).toEqual([true, 201, 'POST', null]);
    expect(await response.json()).toEqual({ body: '{"á":1}', key: 'k', type: 'application/json' });
  });

  it('sends forms', async () => {
    const form = new FormData();
    form.set('name', 'valor');
    const body = (await (await http.fetch(`${url}/form`, { method: 'POST', body: form })).json()) as { body: string; type: string };
    expect(body.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(body.body).toContain('valor');
  });

  it('gives a web stream to who asks for one', async () => {
    const { body } = await http.fetch(`${url}/echo`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ body: '' });
  });

  /** As a reader of events does that has seen the last one. */
  const readFirst = async (path: string): Promise<string> => {
    for await (const chunk of bodyChunks(await http.fetch(`${url}${path}`))) return Buffer.from(chunk).toString();
    return '';
  };

  it('keeps the connection of a stream whose reader has what it came for', async () => {
    await (await http.fetch(`${url}/echo`)).text();
    const before = connections;
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await readFirst('/events')).toBe('first');
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    expect(connections).toBe(before);
  });

  it('gives it up at once when a web stream is canceled', async () => {
    const end = new Promise<void>((resolve) => { closed = resolve; });
    const { body } = await http.fetch(`${url}/events`);
    await body?.cancel();
    await end;
    expect(hasToldAll).toBe(false);
  });

  it('waits a second for the rest of it, not for ever', async () => {
    const end = new Promise<void>((resolve) => { closed = resolve; });
    expect(await readFirst('/endless')).toBe('first');
    await end;
  });

  it('reads the stream of any other fetch too', async () => {
    const textOf = async (response: Response): Promise<string> => {
      let text = '';
      for await (const chunk of bodyChunks(response)) text += Buffer.from(chunk).toString();
      return text;
    };
    expect([await textOf(new Response('ola')), await textOf(new Response(null))]).toEqual(['ola', '']);
  });

  it('follows no redirect: a key must not travel elsewhere', async () => {
    const response = await http.fetch(`${url}/redirect`, { headers: { 'x-key': 'k' } });
    expect(response.status).toBe(302);
    await response.text();
  });

  it('cuts off what is too large, whole or streamed', async () => {
    await expect(http.fetch(`${url}/large`).then((response) => response.text())).rejects.toThrow('more than 1000 bytes');
    const { body } = await http.fetch(`${url}/large`);
    await expect((async () => { for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) expect(chunk.length).toBeGreaterThan(0); })()).rejects.toThrow('more than 1000 bytes');
  });

  it('lets the vendor wait for a slow reader, and loses nothing', async () => {
    const roomy = createVendorHttp();
    const chunks = bodyChunks(await roomy.fetch(`${url}/long`))[Symbol.asyncIterator]();
    let read = (await chunks.next()).value?.byteLength ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBeLessThan(LONG_BYTES / 2);
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) read += next.value.byteLength;
    expect(read).toBe(LONG_BYTES);
    await roomy.close();
  });

  it('ends in the midst of a body with the reason of the signal', async () => {
    const abort = new AbortController();
    const chunks = bodyChunks(await http.fetch(`${url}/endless`, { signal: abort.signal }))[Symbol.asyncIterator]();
    await chunks.next();
    const next = chunks.next();
    abort.abort(new Error('the caller left'));
    await expect(next).rejects.toThrow('the caller left');
  });

  it('fails when the answer is cut, and when it is aborted', async () => {
    const cut: unknown = await http.fetch(`${url}/cut`).then((response) => response.text()).catch((error: unknown) => error);
    expect(transportFailure(cut)?.kind).toBe('unavailable');
    const abort = new AbortController();
    const request = http.fetch(`${url}/cut`, { signal: abort.signal });
    abort.abort();
    await expect(request).rejects.toThrow();
  });
});

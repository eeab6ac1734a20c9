import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayHarness, STORED_FILE } from '../gateway.harness.js';

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

const open = (path: string, init: RequestInit = {}): Promise<Response> => fetch(harness.gateway.url + path, init);
const lastHeaders = (): Record<string, unknown> => harness.storage.seenHeaders.at(-1) ?? {};

describe('/files/*', () => {
  it("passes objects on with the storage's own headers, and needs no key", async () => {
    const response = await open('/files/t/a.mp4?signature=abc');
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(STORED_FILE)).toBe(true);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('content-length')).toBe(String(STORED_FILE.length));
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(response.headers.get('x-frame-options')).toBeNull();
    expect(response.headers.get('x-request-id')).toBe(lastHeaders()['x-request-id']);
  });

  it('passes ranges on', async () => {
    const response = await open('/files/a.mp4', { headers: { range: 'bytes=1000-1999' } });
    expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${STORED_FILE.length}`]);
    expect(Buffer.from(await response.arrayBuffer()).equals(STORED_FILE.subarray(1000, 2000))).toBe(true);
  });

  it('answers HEAD with the length and no body', async () => {
    const response = await open('/files/a.mp4', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, String(STORED_FILE.length), '']);
  });

  it("gives the storage's refusals the shape of all others", async () => {
    const response = await open('/files/expired?s=1');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      type: 'https://tecnocursos.dev/problems/link_invalid', code: 'link_invalid', detail: 'Ask for a new one.', instance: '/files/expired',
      request_id: response.headers.get('x-request-id'),
    });
  });

  it('takes uploads of any type and size', async () => {
    const body = new Uint8Array(3_000_000);
    const response = await open('/files/up', { method: 'PUT', body, headers: { 'content-type': 'application/x-anything' } });
    expect([response.status, await response.json()]).toEqual([201, expect.objectContaining({ size: body.length })]);
    expect(lastHeaders()).toMatchObject({ 'content-type': 'application/x-anything', 'content-length': String(body.length) });
  });

  it('keeps the headers of one connection to that connection', async () => {
    await new Promise<void>((resolve, reject) => {
      httpRequest(`${harness.gateway.url}/files/a`, { headers: { connection: 'close, x-private', 'x-private': '1', te: 'trailers', 'x-kept': '2' } }, (response) => {
        response.resume().on('end', resolve);
      }).on('error', reject).end();
    });
    expect(lastHeaders()).toMatchObject({ 'x-kept': '2' });
    expect(Object.keys(lastHeaders())).not.toEqual(expect.arrayContaining(['x-private', 'te']));
    expect(lastHeaders()['host']).toBe(new URL(harness.storage.url).host);
  });

  it.each(['/files/%2e%2e/metrics', '/files/a/%2E%2e%2Fb', '/files/..%5cmetrics', '/files/%252e%252e/a'])('never leaves its folder: %s', async (path) => {
    const before = harness.storage.seenHeaders.length;
    expect((await open(path)).status).toBe(404);
    expect(harness.storage.seenHeaders.length).toBe(before);
  });

  it('takes no other methods', async () => {
    const response = await open('/files/a', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT']);
  });

  it('says 503 when the storage is away', async () => {
    const lonely = await GatewayHarness.start({ STORAGE_INTERNAL_URL: 'http://127.0.0.1:9' });
    const response = await fetch(`${lonely.gateway.url}/files/a`);
    expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: 'unavailable' })]);
    await lonely.stop();
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutboundHttp } from '@tecnocursos/nest-kit';
import { namedFetch } from './named-fetch.js';

describe('reading where a vendor says', () => {
  let server: Server;
  let host: string;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      response.writeHead(request.headers['x-key'] === 'k' ? 200 : 403, { 'content-type': 'audio/wav' }).end('sound');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('gives what is there, with its status and headers', async () => {
    const http = new OutboundHttp({ policy: { trustedHosts: [host] } });
    const response = await namedFetch(http)(`http://${host}/a.wav`, { headers: { 'X-Key': 'k' } });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'audio/wav', 'sound']);
    expect((await namedFetch(http)(`http://${host}/a.wav`)).status).toBe(403);
    await http.close();
  });

  it('reaches nothing of ours', async () => {
    const [http, before] = [new OutboundHttp(), asked];
    for (const address of [`http://${host}/a.wav`, `https://${host}/a.wav`, 'https://169.254.169.254/latest']) await expect(namedFetch(http)(address)).rejects.toThrow();
    expect(asked).toBe(before);
    await http.close();
  });
});

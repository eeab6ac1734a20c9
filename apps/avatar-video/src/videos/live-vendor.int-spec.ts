import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVideo } from '@tecnocursos/contracts';
import { startPlatform, type Platform } from '../testing/platform.harness.js';

/** A vendor that does what the test wants, at an address as the real one has: not the sandbox. */
let vendor: Server;
let calls: string[] = [];
let clip: () => { status: number; body: object };
let platform: Platform;

beforeAll(async () => {
  vendor = createServer((request, response) => {
    void buffer(request).then(() => {
      const call = `${request.method} ${(request.url ?? '').split('?')[0]}`;
      calls.push(call);
      const { status, body } = call === 'GET /clips/presenters'
        ? { status: 200, body: { presenters: [{ presenter_id: 'v2_public_sofia@x', name: 'sofia', gender: 'female' }] } }
        : call === 'POST /clips' ? { status: 201, body: { id: 'clp_1', status: 'created' } } : call.startsWith('DELETE') ? { status: 200, body: {} } : clip();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  platform = await startPlatform({ D_ID_API_KEY: 'key-of-d-id', D_ID_BASE_URL: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, AVATAR_VIDEO_RENDER_LIMIT_S: '60' });
}, 60_000);
afterAll(async () => {
  await platform.close();
  vendor.closeAllConnections();
  await new Promise((resolve) => vendor.close(resolve));
}, 60_000);
beforeEach(() => {
  calls = [];
});

const create = async (providers: string[]) => (await platform.call(createVideo, { text: 'Olá, turma! Vamos começar.', routing: { providers } })).video;
const count = (call: string): number => calls.filter((made) => made === call).length;

describe('a live vendor', () => {
  it.each(['http://169.254.169.254/latest/meta-data', 'https://127.0.0.1/video.mp4', 'https://localhost/video.mp4', 'file:///etc/passwd', 'https://10.1.2.3/x.mp4'])('does not make us fetch %s', async (url) => {
    clip = () => ({ status: 200, body: { id: 'clp_1', status: 'done', result_url: url } });
    const { id } = await create(['d-id']);
    expect(await platform.until(id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'provider_failed', detail: expect.stringContaining('cannot be used') }, attempts: [{ provider: 'd-id', simulated: false }] });
    expect(count('POST /clips')).toBe(1);
  }, 60_000);

  it('is given up, and told so, when it takes too long', async () => {
    clip = () => ({ status: 200, body: { id: 'clp_1', status: 'started' } });
    const { id } = await create(['d-id', 'local']);
    await platform.until(id, 'rendering');
    await (await platform.db()).updateTable('video_attempt').set({ started_at: new Date(Date.now() - 61_000) }).where('video_id', '=', id).execute();
    expect(await platform.until(id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'timeout' }, attempts: [{ provider: 'd-id', state: 'failed' }] });
    for (let tries = 0; tries < 50 && count('DELETE /clips/clp_1') === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(count('DELETE /clips/clp_1')).toBe(1);
  }, 60_000);

  it('has lost a job when it says so three times, and somebody else is asked', async () => {
    clip = () => ({ status: 404, body: { kind: 'NotFoundError', description: 'not found' } });
    const { id } = await create(['d-id', 'local']);
    const ready = await platform.until(id, 'ready', 'failed');
    expect(ready).toMatchObject({ state: 'ready', attempts: [{ provider: 'd-id', state: 'failed' }, { provider: 'local', state: 'done' }], served_by: { provider: 'local', fallback_from: 'd-id' } });
    expect([count('GET /clips/clp_1'), count('POST /clips')]).toEqual([3, 1]);
  }, 60_000);

  it('is asked somebody else for when it says that it failed', async () => {
    clip = () => ({ status: 200, body: { id: 'clp_1', status: 'error', error: { kind: 'InternalServerError' } } });
    const ready = await platform.until((await create(['d-id', 'local'])).id, 'ready', 'failed');
    expect(ready).toMatchObject({ state: 'ready', served_by: { provider: 'local', fallback_from: 'd-id' } });
    expect(ready.warnings.join()).toContain('d-id took the order and failed');
  }, 60_000);

  it('whose words nobody knows is at work', async () => {
    clip = () => ({ status: 200, body: { id: 'clp_1', status: 'polishing' } });
    const { id } = await create(['d-id', 'local']);
    await platform.until(id, 'rendering');
    for (let tries = 0; tries < 100 && count('GET /clips/clp_1') < 4; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(count('GET /clips/clp_1')).toBeGreaterThanOrEqual(4);
    expect((await platform.until(id, 'rendering')).attempts).toMatchObject([{ provider: 'd-id', state: 'accepted' }]);
  }, 60_000);
});

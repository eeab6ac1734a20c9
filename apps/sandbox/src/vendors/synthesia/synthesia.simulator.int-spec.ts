import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { validateExchange } from '../../testing/vendor-specs.harness.js';
import { synthesiaSimulator } from './synthesia.simulator.js';

const SCENE = { avatar: 'anna_costume1_cameraA', background: 'off_white', scriptText: 'Hello, class!' };
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, vendors: [synthesiaSimulator({ queueMs: 20, workMs: 20 })] });
});
afterAll(() => sandbox.close());

const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${sandbox.url}/synthesia${path}`, { method, headers: { authorization: 'test-key-of-synthesia', ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text.replaceAll('http://127.0.0.1', 'https://127.0.0.1')) as unknown) };
};

describe('Synthesia, simulated', () => {
  it.each<[string, unknown]>([
    ['no scene', { input: [] }], ['an unknown format', { aspectRatio: '2:1', input: [SCENE] }], ['surplus fields', { input: [SCENE], avatar: 'x' }], ['no background', { input: [{ avatar: 'x', scriptText: 'x' }] }],
    ['a text and a recording', { input: [{ ...SCENE, scriptAudio: 'x', scriptLanguage: 'en-US' }] }], ['a recording that it does not have', { input: [{ avatar: 'x', background: 'y', scriptAudio: 'user.x', scriptLanguage: 'en-US' }] }],
    ['a voice that is no UUID', { input: [{ ...SCENE, avatarSettings: { style: 'rectangular', voice: 'x' } }] }],
  ])('refuses %s', async (_name, body) => {
    const answer = await call('POST', '/v2/videos', body);
    expect(answer.status).toBe(400);
    expect(validateExchange('synthesia.json', 'POST', '/v2/videos', { response: answer })).toEqual([]);
  });

  it('makes a video over time, in the documented shapes, and lists by pages', async () => {
    const created = await call('POST', '/v2/videos', { test: true, title: 'A', callbackId: 'ours', input: [SCENE] });
    expect(created).toMatchObject({ status: 200, body: { status: 'in_progress', callbackId: 'ours' } });
    const { id } = created.body as { id: string };
    let video = await call('GET', `/v2/videos/${id}`);
    for (let tries = 0; tries < 100 && (video.body as { status: string }).status !== 'complete'; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      video = await call('GET', `/v2/videos/${id}`);
    }
    expect(video.body).toMatchObject({ status: 'complete', download: expect.stringContaining('.mp4'), duration: expect.stringMatching(/^0:00:\d\d\.\d{3}$/) });
    await call('POST', '/v2/videos', { input: [SCENE] });
    const page = await call('GET', '/v2/videos?limit=1');
    expect(page.body).toMatchObject({ videos: [{ title: 'Untitled video' }], nextOffset: 1 });
    for (const [path, answer] of [[`/v2/videos/${id}`, video], ['/v2/videos', page]] as const) expect(validateExchange('synthesia.json', 'GET', path, { response: answer })).toEqual([]);
    expect((await call('DELETE', `/v2/videos/${id}`)).status).toBe(204);
    expect((await call('GET', `/v2/videos/${id}`)).status).toBe(404);
    expect((await call('GET', '/v2/videos?limit=101')).status).toBe(400);
  });

  it('registers webhooks, and shows their secret once', async () => {
    const made = await call('POST', '/v2/webhooks', { url: 'https://hooks.example.com/x', events: ['video.completed'] });
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^\w{32}$/), status: 'active' } });
    expect(JSON.stringify((await call('GET', '/v2/webhooks')).body)).not.toContain((made.body as { secret: string }).secret);
    expect((await call('POST', '/v2/webhooks', { url: 'https://hooks.example.com/x', events: ['video.deleted'] })).status).toBe(400);
    expect((await fetch(`${sandbox.url}/synthesia/v2/webhooks`)).status).toBe(403);
  });
});

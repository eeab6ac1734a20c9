import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { validateExchange } from '../../testing/vendor-specs.harness.js';
import { dIdSimulator } from './d-id.simulator.js';

const CLIP = { presenter_id: 'v2_public_sofia@h9ue2vbo4x', script: { type: 'text', input: 'Olá, turma!', provider: { type: 'microsoft', voice_id: 'pt-BR-FranciscaNeural' } } };
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, vendors: [dIdSimulator({ credits: 2, queueMs: 50, workMs: 50, resultMs: 300 })] });
});
afterAll(() => sandbox.close());

const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${sandbox.url}/d-id${path}`, { method, headers: { authorization: 'Basic dGVzdDp0ZXN0', ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('D-ID, simulated', () => {
  it.each<[string, unknown, number, string]>([
    ['no body', 'x', 400, 'BadRequestError'], ['no presenter', { script: CLIP.script }, 400, 'ValidationError'], ['surplus fields', { ...CLIP, source_url: 'x' }, 400, 'ValidationError'],
    ['a short text', { ...CLIP, script: { ...CLIP.script, input: 'x' } }, 400, 'ValidationError'], ['an open webhook', { ...CLIP, webhook: 'http://example.com' }, 400, 'ValidationError'],
    ['bad words', { ...CLIP, script: { ...CLIP.script, input: 'uma bomba' } }, 451, 'TextModerationError'], ['a recording that it does not have', { ...CLIP, script: { type: 'audio', audio_url: 'https://example.com/a.mp3' } }, 400, 'BadRequestError'],
  ])('refuses %s in the words of the vendor', async (_name, body, status, kind) => {
    const answer = await call('POST', '/clips', body);
    expect([answer.status, answer.body['kind']]).toEqual([status, kind]);
    expect(validateExchange('d-id.json', 'POST', '/clips', { response: answer })).toEqual([]);
  });

  it('counts credits down until there are none, and lets addresses of results expire', async () => {
    expect((await call('GET', '/credits')).body).toMatchObject({ remaining: 2, total: 2 });
    const { body: created } = await call('POST', '/clips', CLIP);
    let clip = await call('GET', `/clips/${String(created['id'])}`);
    for (let tries = 0; tries < 100 && clip.body['status'] !== 'done'; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      clip = await call('GET', `/clips/${String(created['id'])}`);
    }
    const url = String(clip.body['result_url']);
    const video = await fetch(url);
    expect([video.status, video.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(Buffer.from(await video.arrayBuffer()).toString('latin1', 4, 8)).toBe('ftyp');
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect((await fetch(url)).status).toBe(403);
    await call('POST', '/clips', CLIP);
    expect((await call('POST', '/clips', CLIP)).body['kind']).toBe('InsufficientCreditsError');
    expect((await call('GET', '/credits')).body['remaining']).toBe(0);
  });

  it('answers with the documented shapes, by pages', async () => {
    const first = await call('GET', '/clips/presenters?limit=4');
    expect((first.body['presenters'] as unknown[]).length).toBe(4);
    const second = await call('GET', `/clips/presenters?limit=100&token=${String(first.body['token'])}`);
    expect(second.body['token']).toBeUndefined();
    for (const [path, answer] of [['/clips/presenters', first], ['/expressives/avatars', await call('GET', '/expressives/avatars')], ['/credits', await call('GET', '/credits')]] as const) {
      const text = JSON.stringify(answer.body).replaceAll('http://127.0.0.1', 'https://127.0.0.1');
      expect(validateExchange('d-id.json', 'GET', path, { response: { status: answer.status, body: JSON.parse(text) as unknown } })).toEqual([]);
    }
    expect((await fetch(`${sandbox.url}/d-id/credits`)).status).toBe(401);
    expect((await call('GET', '/clips/nothing')).status).toBe(404);
  });
});

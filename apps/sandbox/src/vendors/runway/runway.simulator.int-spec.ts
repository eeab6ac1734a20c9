import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '../../media/drawn-picture.js';
import { encodePng } from '../../media/png.js';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { validateExchange } from '../../testing/vendor-specs.harness.js';
import { runwaySimulator } from './runway.simulator.js';

const PICTURE = `data:image/png;base64,${encodePng(drawPicture('a lake', 64, 36)).toString('base64')}`;
const ORDER = { model: 'gen4_turbo', promptImage: PICTURE, ratio: '1280:720', duration: 2 };
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, vendors: [runwaySimulator({ credits: 45, concurrency: 1, pollMs: 0, queueMs: 20, workMs: 800 })] });
});
afterAll(() => sandbox.close());

const call = async (method: string, path: string, body?: unknown, version = '2024-11-06'): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${sandbox.url}/runway${path}`, { method, headers: { authorization: 'Bearer key_test', 'x-runway-version': version, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text.replaceAll('http://127.0.0.1', 'https://127.0.0.1')) as Record<string, unknown>) };
};

describe('Runway, simulated', () => {
  it.each<[string, unknown, string]>([
    ['a retired model', { ...ORDER, model: 'gen3a_turbo' }, 'model'], ['another ratio', { ...ORDER, ratio: '16:9' }, 'ratio'], ['a length that it does not make', { ...ORDER, duration: 11 }, 'duration'],
    ['no picture', { ...ORDER, promptImage: 'data:image/png;base64,AAAA' }, 'promptImage'], ['an open address', { ...ORDER, promptImage: 'http://example.com/a.png' }, 'promptImage'], ['gen4.5 without words', { ...ORDER, model: 'gen4.5' }, 'promptText'],
  ])('refuses %s, and names the field', async (_name, body, field) => {
    const answer = await call('POST', '/v1/image_to_video', body);
    expect([answer.status, (answer.body['issues'] as { path: string[] }[])[0]?.path[0]]).toEqual([400, field]);
    expect(validateExchange('runway.json', 'POST', '/v1/image_to_video', { response: answer })).toEqual([]);
  });

  it('wants the version of its API', async () => {
    expect((await call('GET', '/v1/organization', undefined, '2023-01-01')).status).toBe(400);
  });

  it('makes one clip at a time, further ones are throttled; credits count down', async () => {
    const [first, second] = [await call('POST', '/v1/image_to_video', ORDER), await call('POST', '/v1/image_to_video', ORDER)];
    expect(first.body).toMatchObject({ estimatedCost: { credits: 10 } });
    const throttled = await call('GET', `/v1/tasks/${String(second.body['id'])}`);
    expect(throttled.body['status']).toBe('THROTTLED');
    const states = new Set<string>();
    let done = await call('GET', `/v1/tasks/${String(first.body['id'])}`);
    for (let tries = 0; tries < 200 && done.body['status'] !== 'SUCCEEDED'; tries += 1) {
      states.add(String(done.body['status']));
      expect(validateExchange('runway.json', 'GET', `/v1/tasks/${String(first.body['id'])}`, { response: done })).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 30));
      done = await call('GET', `/v1/tasks/${String(first.body['id'])}`);
    }
    expect([...states]).toContain('RUNNING');
    expect(done.body).toMatchObject({ status: 'SUCCEEDED', output: [expect.stringContaining('.mp4')], cost: { credits: 10 } });
    const organization = await call('GET', '/v1/organization');
    expect(organization.body).toMatchObject({ creditBalance: 25 });
    expect(validateExchange('runway.json', 'GET', '/v1/organization', { response: organization })).toEqual([]);
    expect((await call('POST', '/v1/image_to_video', { ...ORDER, duration: 10 })).body['error']).toContain('enough credits');
  });
});

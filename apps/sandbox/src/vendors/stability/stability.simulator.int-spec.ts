import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox.starter.js';
import { readPictureSize } from '../../media/picture-size.js';
import { validateExchange } from '../../testing/vendor-specs.harness.js';
import { stabilitySimulator } from './stability.simulator.js';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, vendors: [stabilitySimulator({ credits: 11 })] });
});
afterAll(() => sandbox.close());

async function paint(fields: Record<string, string>, { model = 'core', accept = 'image/*' } = {}): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(`${sandbox.url}/stability/v2beta/stable-image/generate/${model}`, { method: 'POST', headers: { authorization: 'Bearer sk-test-key', accept }, body });
}

describe('Stability, simulated', () => {
  it.each<[string, Record<string, string>, number, string]>([
    ['no description', {}, 400, 'bad_request'], ['an unknown format', { prompt: 'x', aspect_ratio: '7:3' }, 400, 'bad_request'], ['an unknown file format', { prompt: 'x', output_format: 'gif' }, 400, 'bad_request'],
    ['a seed that is none', { prompt: 'x', seed: '-1' }, 400, 'bad_request'], ['another language', { prompt: 'uma sala com janela' }, 422, 'invalid_language'], ['bad words', { prompt: 'a bomb' }, 403, 'content_moderation'],
  ])('refuses %s in the words of the vendor', async (_name, fields, status, name) => {
    const answer = await paint(fields);
    const body: unknown = await answer.json();
    expect([answer.status, (body as { name: string }).name]).toEqual([status, name]);
    expect(validateExchange('stability.json', 'POST', '/v2beta/stable-image/generate/core', { response: { status, body } })).toEqual([]);
  });

  it('wants a form, and a key', async () => {
    const address = `${sandbox.url}/stability/v2beta/stable-image/generate/core`;
    expect((await fetch(address, { method: 'POST', headers: { authorization: 'Bearer sk-test-key', 'content-type': 'application/json' }, body: '{"prompt":"x"}' })).status).toBe(400);
    expect((await fetch(address, { method: 'POST' })).status).toBe(401);
  });

  it('paints pictures of the size asked for, as bytes or JSON, and counts credits', async () => {
    const wide = await paint({ prompt: 'a calm lake', aspect_ratio: '21:9' });
    expect(readPictureSize(Buffer.from(await wide.arrayBuffer()))).toEqual({ format: 'png', width: 1536, height: 640 });
    expect([wide.headers.get('finish-reason'), wide.headers.get('content-type')]).toEqual(['SUCCESS', 'image/png']);
    const json = (await (await paint({ prompt: 'a calm lake', seed: '7' }, { model: 'ultra', accept: 'application/json' })).json()) as { image: string; seed: number };
    expect([readPictureSize(Buffer.from(json.image, 'base64'))?.width, json.seed]).toEqual([1024, 7]);
    expect((await paint({ prompt: 'one more' })).status).toBe(402);
  });
});

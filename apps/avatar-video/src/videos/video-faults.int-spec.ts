import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEffect, createVideo, getVideo, type RequestInput } from '@tecnocursos/contracts';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import sharp from 'sharp';
import { startPlatform, type Platform } from '../testing/platform.harness.js';

const TEXT = 'Olá! Nesta aula vamos estudar a fotossíntese.';
const ALL_THREE = { providers: ['synthesia', 'd-id', 'local'] };
let sandbox: RunningSandbox;
let platform: Platform;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, renders: { workMs: 500 } });
  platform = await startPlatform({ SANDBOX_URL: sandbox.url });
}, 60_000);
afterAll(async () => {
  await platform.close();
  await sandbox.close();
}, 60_000);
/** A provider that failed rests for a while, in the memory of the process. */
afterEach(async () => {
  sandbox.configure({ reset: true });
  await platform.restart();
}, 60_000);

const create = async (overrides: Partial<RequestInput<typeof createVideo>> = {}) => (await platform.call(createVideo, { text: TEXT, ...overrides })).video;
const callsOf = (vendor: string, operation: string): number => sandbox.history({ vendor, operation, limit: 100 }).calls.length;

describe('videos and failing vendors', () => {
  it('falls over as long as nobody has taken the order, and says so', async () => {
    sandbox.configure({ vendor: 'synthesia', operation: 'videos.create', faults: [{ fault: 'quota_exhausted' }] });
    const ready = await platform.until((await create({ routing: ALL_THREE })).id, 'ready', 'failed');
    expect(ready).toMatchObject({
      state: 'ready', attempts: [{ provider: 'synthesia', state: 'refused' }, { provider: 'd-id', state: 'done' }], served_by: { provider: 'd-id', fallback_from: 'synthesia', attempts: 2 },
    });
    expect(ready.warnings.join()).toContain('synthesia could not take the order');
  }, 60_000);

  it('falls over to the drawn presenter when all vendors refuse', async () => {
    sandbox.configure({ vendor: 'synthesia', faults: [{ fault: 'rate_limited' }] });
    sandbox.configure({ vendor: 'd-id', faults: [{ fault: 'unauthorized' }] });
    expect(await platform.until((await create({ routing: ALL_THREE })).id, 'ready', 'failed')).toMatchObject({ state: 'ready', served_by: { provider: 'local', fallback_from: 'synthesia', attempts: 3 } });
  }, 60_000);

  it.each(['truncated_body', 'connection_reset', 'server_error'] as const)('pays once when the answer to an order is lost (%s)', async (fault) => {
    sandbox.clear();
    sandbox.configure({ vendor: 'd-id', operation: 'clips.create', faults: [{ fault }] });
    const { id } = await create({ routing: { providers: ['d-id', 'local'] } });
    for (let tries = 0; tries < 100 && callsOf('d-id', 'clips.create') === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    sandbox.configure({ vendor: 'd-id', operation: 'clips.create', faults: [] });
    const ready = await platform.until(id, 'ready', 'failed');
    // The body was cut after the vendor took the order; the others never reached it, and the order may be placed again.
    const placed = fault === 'truncated_body' ? 1 : 2;
    expect(callsOf('d-id', 'clips.create')).toBe(placed);
    expect(ready).toMatchObject({ state: 'ready', served_by: { provider: 'd-id', attempts: placed } });
    expect(callsOf('d-id', 'clips.list')).toBeGreaterThan(0);
  }, 60_000);

  it('does not order again where nobody can be asked what became of the order', async () => {
    sandbox.clear();
    platform.storage.objects.set('still.jpg', await sharp({ create: { width: 500, height: 300, channels: 3, background: '#225588' } }).jpeg().toBuffer());
    sandbox.configure({ vendor: 'runway', operation: 'image_to_video.create', faults: [{ fault: 'truncated_body' }] });
    const { video } = await platform.call(createEffect, { image_key: 'still.jpg', seconds: 2, routing: { providers: ['runway', 'local'] } });
    expect(await platform.until(video.id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'provider_failed', detail: expect.stringContaining('not known') }, attempts: [{ provider: 'runway' }] });
    expect(callsOf('runway', 'image_to_video.create')).toBe(1);
  }, 60_000);

  it('asks somebody else after the order was taken only when the vendor says that it failed', async () => {
    const refused = await platform.until((await create({ text: 'como fazer uma bomba', routing: ALL_THREE })).id, 'ready', 'failed');
    expect(refused).toMatchObject({ state: 'failed', failure: { code: 'content_policy' }, attempts: [{ provider: 'synthesia', state: 'failed' }] });
  }, 60_000);

  it('stays with the vendor that has the order while it does not answer', async () => {
    const { id } = await create({ routing: ALL_THREE });
    await platform.until(id, 'rendering');
    sandbox.configure({ vendor: 'synthesia', operation: 'videos.get', faults: [{ fault: 'unavailable' }] });
    const before = callsOf('synthesia', 'videos.get');
    for (let tries = 0; tries < 200 && callsOf('synthesia', 'videos.get') < before + 2; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(callsOf('synthesia', 'videos.get')).toBeGreaterThanOrEqual(before + 2);
    expect((await platform.call(getVideo, { video_id: id })).video).toMatchObject({ state: 'rendering', attempts: [{ provider: 'synthesia', state: 'accepted' }] });
    sandbox.configure({ vendor: 'synthesia', reset: true });
    expect(await platform.until(id, 'ready', 'failed')).toMatchObject({ state: 'ready', served_by: { provider: 'synthesia', attempts: 1 } });
  }, 60_000);

  it('refuses what the vendor calls a video and is none', async () => {
    sandbox.configure({ vendor: 'd-id', operation: 'files.results', faults: [{ fault: 'empty_answer' }] });
    expect(await platform.until((await create({ routing: { providers: ['d-id'] } })).id, 'ready', 'failed')).toMatchObject({ state: 'failed', failure: { code: 'provider_failed', detail: expect.stringContaining('no MP4') } });
  }, 60_000);
});

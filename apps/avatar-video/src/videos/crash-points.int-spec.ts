import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVideo, newId } from '@tecnocursos/contracts';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { startPlatform, type Platform } from '../testing/platform.harness.js';
import type { AttemptRow } from './video-view.js';

let sandbox: RunningSandbox;
let platform: Platform;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, renders: { workMs: 150 } });
  platform = await startPlatform({ SANDBOX_URL: sandbox.url });
}, 60_000);
afterAll(async () => {
  await platform.close();
  await sandbox.close();
}, 60_000);

const created = (): number => sandbox.history({ vendor: 'd-id', operation: 'clips.create', limit: 100 }).calls.length;

/** A video as a process leaves it that was killed: the lease has run out, nobody works on it. */
async function abandoned(attempt: Partial<AttemptRow>, video: { state: 'queued' | 'rendering' | 'downloading' }): Promise<{ id: string; attemptId: string }> {
  const db = await platform.db();
  const { video: made } = await platform.call(createVideo, { text: 'Olá! Vamos começar a aula.', routing: { providers: ['local'] } });
  const attemptId = attempt.id ?? newId();
  const now = new Date();
  await db.transaction().execute(async (transaction) => {
    await transaction.selectFrom('video').select('id').where('id', '=', made.id).forUpdate().execute();
    await transaction.deleteFrom('video_attempt').where('video_id', '=', made.id).execute();
    await transaction.insertInto('video_attempt').values({
      id: attemptId, video_id: made.id, tenant_id: platform.tenant, number: 1, provider: 'd-id', simulated: true, state: 'starting', vendor_job_id: null, model: null, webhook_token_sha256: null, cost_micros: 0,
      failure_kind: null, detail: null, cancel_pending: false, unknown_reads: 0, started_at: now, updated_at: now, ...attempt,
    }).execute();
    await transaction.updateTable('video').set({
      ...video, request: JSON.stringify({ text: 'Olá! Vamos começar a aula.', routing: { providers: ['d-id'] } }), claims: 1_000, lease_until: null, next_at: now, warnings: '[]', failures: 0,
    }).where('id', '=', made.id).execute();
  });
  return { id: made.id, attemptId };
}

async function placeAtVendor(reference: string): Promise<string> {
  const script = { type: 'text', input: 'Olá! Vamos começar a aula.', provider: { type: 'microsoft', voice_id: 'pt-BR-FranciscaNeural' } };
  const answer = await fetch(`${sandbox.url}/d-id/clips`, {
    method: 'POST', headers: { authorization: 'Basic test-credential', 'content-type': 'application/json' }, body: JSON.stringify({ presenter_id: 'v2_public_sofia@h9ue2vbo4x', script, user_data: reference, name: reference }),
  });
  return ((await answer.json()) as { id: string }).id;
}

describe('a process that is killed', () => {
  it('before it sent the order: the order is placed, once', async () => {
    sandbox.clear();
    const { id } = await abandoned({}, { state: 'queued' });
    const ready = await platform.until(id, 'ready', 'failed');
    expect(ready).toMatchObject({ state: 'ready', attempts: [{ provider: 'd-id', state: 'refused', detail: 'The order did not reach the vendor.' }, { provider: 'd-id', state: 'done' }] });
    expect(created()).toBe(1);
  }, 60_000);

  it('after the vendor took the order and before that was written down: the order is found, and not placed again', async () => {
    sandbox.clear();
    const reference = newId();
    await placeAtVendor(reference);
    const { id } = await abandoned({ id: reference }, { state: 'queued' });
    expect(await platform.until(id, 'ready', 'failed')).toMatchObject({ state: 'ready', attempts: [{ provider: 'd-id', state: 'done' }] });
    expect(created()).toBe(1);
  }, 60_000);

  it.each(['rendering', 'downloading'] as const)('while the video was %s: it is taken up again', async (state) => {
    sandbox.clear();
    const reference = newId();
    const { id } = await abandoned({ id: reference, state: 'accepted', vendor_job_id: await placeAtVendor(reference), model: 'clips' }, { state });
    expect(await platform.until(id, 'ready', 'failed')).toMatchObject({ state: 'ready', attempts: [{ provider: 'd-id', state: 'done' }] });
    expect(created()).toBe(1);
  }, 60_000);

  it('while the drawn presenter was at work: the work is done again', async () => {
    const { video } = await platform.call(createVideo, { text: 'Olá! Vamos começar a aula.', routing: { providers: ['local'] } });
    await platform.until(video.id, 'rendering');
    await platform.restart();
    const ready = await platform.until(video.id, 'ready', 'failed');
    expect(ready).toMatchObject({ state: 'ready', served_by: { provider: 'local' } });
    expect(ready.attempts.length).toBeLessThanOrEqual(2);
  }, 60_000);
});

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelVideo, createVideo, getVideo, newId, type ReceivedWebhook, type RequestInput } from '@tecnocursos/contracts';
import { newWebhookToken } from '@tecnocursos/nest-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { startPlatform, type Platform } from '../testing/platform.harness.js';
import { openWebhookDoor, publishWebhook, type WebhookDoor } from '../testing/webhook-door.harness.js';

const SECRET = 'secret-of-the-registered-webhook';
let sandbox: RunningSandbox;
let platform: Platform;
let door: WebhookDoor;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1 });
  door = await openWebhookDoor();
  // Polling is so slow that only a vendor's call can make a video ready in time.
  platform = await startPlatform({ SANDBOX_URL: sandbox.url, AVATAR_VIDEO_POLL_MS: '120000', AVATAR_VIDEO_WEBHOOK_BASE_URL: door.url, AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS: `${SECRET},former-secret` });
}, 60_000);
afterAll(async () => {
  await platform.close();
  await door.close();
  await sandbox.close();
}, 60_000);

const create = async (provider: string, overrides: Partial<RequestInput<typeof createVideo>> = {}) =>
  (await platform.call(createVideo, { text: 'Olá! Vamos começar a aula.', routing: { providers: [provider] }, ...overrides })).video;
const stateOf = async (id: string) => (await platform.call(getVideo, { video_id: id })).video.state;
const settle = (ms = 600): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const inbox = async () => (await platform.db()).selectFrom('webhook_inbox').selectAll().execute();
const attemptOf = async (videoId: string) => (await platform.db()).selectFrom('video_attempt').selectAll().where('video_id', '=', videoId).executeTakeFirstOrThrow();

function signed(body: string, { secret = SECRET, at = Date.now(), receivedAt = Date.now() } = {}): ReceivedWebhook {
  const timestamp = String(Math.floor(at / 1_000));
  const headers = { 'synthesia-timestamp': timestamp, 'synthesia-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') };
  return { id: newId(), vendor: 'synthesia', token: null, headers, body_base64: Buffer.from(body).toString('base64'), received_at: new Date(receivedAt).toISOString() };
}
const completed = (callbackId: string, id = 'unknown'): string => JSON.stringify({ type: 'video.completed', data: { id, callbackId, status: 'complete' } });
/** When the vendor is sure to be ready. */
const untilRendered = (): Promise<void> => settle(3_000);

describe('calls of vendors', () => {
  it('D-ID: the address of the order brings the video, once, however often it is called', async () => {
    door.publisher = platform.publisher;
    const { id } = await create('d-id');
    const ready = await platform.until(id, 'ready', 'failed');
    expect(ready.state).toBe('ready');
    const [call] = door.received;
    expect(call).toMatchObject({ vendor: 'd-id', token: expect.stringMatching(/^[\w-]{43}$/) });
    const before = await inbox();
    for (let copy = 0; copy < 5; copy += 1) await publishWebhook(platform.publisher, 'd-id', { ...(call as ReceivedWebhook), id: newId() });
    await settle();
    expect(await inbox()).toHaveLength(before.length);
    expect((await platform.call(getVideo, { video_id: id })).video).toEqual(ready);
    expect(JSON.stringify(await (await platform.db()).selectFrom('video_attempt').selectAll().execute())).not.toContain(call?.token ?? 'x');
  }, 60_000);

  it('D-ID: calls with other tokens are dropped, and what their bodies say is not believed', async () => {
    door.publisher = undefined;
    const { id } = await create('d-id');
    await platform.until(id, 'rendering');
    const before = await inbox();
    const { vendor_job_id: jobId } = await attemptOf(id);
    const body_base64 = Buffer.from(JSON.stringify({ id: jobId, status: 'done', result_url: 'https://attacker.example.com/video.mp4' })).toString('base64');
    for (const token of [newWebhookToken(), null, 'short']) await publishWebhook(platform.publisher, 'd-id', { id: newId(), vendor: 'd-id', token, headers: {}, body_base64, received_at: new Date().toISOString() });
    await settle();
    expect([await inbox(), await stateOf(id)]).toEqual([before, 'rendering']);
    await platform.call(cancelVideo, { video_id: id });
  }, 60_000);

  it('Synthesia: a signed call brings the video; forged and stale ones do not', async () => {
    const { id } = await create('synthesia');
    await platform.until(id, 'rendering');
    const reference = (await attemptOf(id)).id;
    await untilRendered();
    const before = await inbox();
    const hour = 3_600_000;
    for (const bad of [signed(completed(reference), { secret: 'guessed' }), signed(completed(reference), { at: Date.now() - hour }), { ...signed(completed(reference)), headers: {} }, { ...signed(completed(reference)), body_base64: Buffer.from(completed(reference, 'changed')).toString('base64') }]) {
      await publishWebhook(platform.publisher, 'synthesia', bad);
    }
    await settle();
    expect([await inbox(), await stateOf(id)]).toEqual([before, 'rendering']);
    await publishWebhook(platform.publisher, 'synthesia', signed(completed(reference), { secret: 'former-secret' }));
    expect((await platform.until(id, 'ready', 'failed')).state).toBe('ready');
  }, 60_000);

  it('a call that waited for us is judged by when it came in', async () => {
    const { id } = await create('synthesia');
    await platform.until(id, 'rendering');
    const reference = (await attemptOf(id)).id;
    await untilRendered();
    const yesterday = Date.now() - 86_400_000;
    await publishWebhook(platform.publisher, 'synthesia', signed(completed(reference), { at: yesterday, receivedAt: yesterday + 1_000 }));
    expect((await platform.until(id, 'ready', 'failed')).state).toBe('ready');
  }, 60_000);

  it('calls that come too early, in the wrong order or too late change nothing that they should not', async () => {
    const { id } = await create('synthesia');
    await platform.until(id, 'rendering');
    const reference = (await attemptOf(id)).id;
    await publishWebhook(platform.publisher, 'synthesia', signed(completed(reference, 'early'))); // the vendor is still at work
    await settle(300);
    expect(await stateOf(id)).toBe('rendering');
    await platform.call(cancelVideo, { video_id: id });
    await publishWebhook(platform.publisher, 'synthesia', signed(completed(reference, 'late')));
    await publishWebhook(platform.publisher, 'synthesia', signed(JSON.stringify({ type: 'video.failed', data: { id: 'x', callbackId: reference } })));
    await settle();
    expect(await stateOf(id)).toBe('canceled');
    await publishWebhook(platform.publisher, 'synthesia', signed('no JSON'));
    await publishWebhook(platform.publisher, 'synthesia', signed(completed(newId())));
    await settle();
    expect(await stateOf(id)).toBe('canceled');
  }, 60_000);
});

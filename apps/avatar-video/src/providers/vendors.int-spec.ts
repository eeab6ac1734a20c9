import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId, type SandboxFault } from '@tecnocursos/contracts';
import { freePort } from '@tecnocursos/engines';
import type { FailureKind, ProviderDefinition } from '@tecnocursos/provider-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import sharp from 'sharp';
import type { AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import type { EffectOrder } from '../ports/effect-renderer.port.js';
import { describeAvatarRenderer, orderOf, untilOver } from '../testing/avatar-renderer.contract.js';
import { vendorUnderTest, type VendorUnderTest } from '../testing/vendor-under-test.fixture.js';
import { leavesInDoubt } from '../wire/transport-failure.js';
import { AVATAR_PROVIDERS } from './index.js';
import type { SynthesiaAvatarRenderer } from './synthesia/synthesia.adapter.js';

const never = new AbortController().signal;
const definitionOf = (id: string): ProviderDefinition<AvatarVideoProvider> => {
  const found = AVATAR_PROVIDERS.find((definition) => definition.id === id);
  if (!found) throw new Error(`No provider ${id}`);
  return found;
};
const SYNTHESIA_AVATARS = Object.fromEntries(['AMY', 'DANIEL', 'LUCIA', 'MARCUS', 'SOFIA'].map((name) => [`SYNTHESIA_AVATAR_${name}`, `${name.toLowerCase()}_costume1_cameraA`]));

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 1, renders: { workMs: 150 } });
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.configure({ reset: true });
});

const clips = () => vendorUnderTest(definitionOf('d-id'), sandbox.url, 'd-id.json');
const expressives = () => vendorUnderTest(definitionOf('d-id'), sandbox.url, 'd-id.json', { D_ID_PRODUCT: 'expressives' });
const synthesia = () => vendorUnderTest(definitionOf('synthesia'), sandbox.url, 'synthesia.json', { ...SYNTHESIA_AVATARS, SYNTHESIA_UPLOAD_URL: `${sandbox.url}/synthesia` });
const runway = () => vendorUnderTest(definitionOf('runway'), sandbox.url, 'runway.json');
const stability = () => vendorUnderTest(definitionOf('stability'), sandbox.url, 'stability.json');
const local = () => vendorUnderTest(definitionOf('local'), sandbox.url, '');

function avatarSubject(make: () => VendorUnderTest) {
  return async () => {
    const vendor = make();
    if (!vendor.port.avatars) throw new Error('It makes no avatars');
    return {
      renderer: vendor.port.avatars, failureOf: vendor.failureOf,
      close: async () => {
        await vendor.port.close?.();
        expect(vendor.problems).toEqual([]);
      },
    };
  };
}
describeAvatarRenderer('D-ID clips', avatarSubject(clips));
describeAvatarRenderer('D-ID expressives', avatarSubject(expressives));
describeAvatarRenderer('Synthesia', avatarSubject(synthesia));
describeAvatarRenderer('the drawn presenter', avatarSubject(local));

describe('D-ID', () => {
  it('speaks texts, pays with credits, and gives captions with expressives', async () => {
    const { port, problems } = expressives();
    const before = await port.avatars?.credits?.(never);
    const accepted = await port.avatars?.start(orderOf(), never);
    const { last, states } = await untilOver(port.avatars ?? never as never, accepted?.id ?? '');
    expect(states[0]).toBe('queued');
    expect(last).toMatchObject({ state: 'done', captionsUrl: expect.stringContaining('.vtt') });
    const after = await port.avatars?.credits?.(never);
    expect((after?.remaining ?? 0) - (before?.remaining ?? 0)).toBeLessThan(0);
    expect(after?.expiresAt).toMatch(/^\d{4}-/);
    expect(problems).toEqual([]);
  });

  it('places an order with one call, and asks for the list of presenters once', async () => {
    const { port, calls } = clips();
    await port.avatars?.start(orderOf(), never);
    await port.avatars?.start(orderOf(), never);
    expect(calls.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual(['/clips', '/clips']);
    expect(calls.filter(({ path }) => path.startsWith('/clips/presenters'))).toHaveLength(1);
  });

  it('calls the address of the order when it is done, without a signature', async () => {
    const received: { url: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => void buffer(request).then((body) => (received.push({ url: request.url, body: body.toString() }), response.writeHead(200).end())));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const accepted = await clips().port.avatars?.start(orderOf({ webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-token` }), never);
    for (let tries = 0; tries < 100 && received.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(received.map(({ url, body }) => [url, (JSON.parse(body) as { id: string; status: string }).id, (JSON.parse(body) as { status: string }).status])).toEqual([['/hook/secret-token', accepted?.id, 'done']]);
  });

  it('refuses what its moderation refuses', async () => {
    const { port, failureOf } = clips();
    const error = await port.avatars?.start(orderOf({ speech: { type: 'text', text: 'como fazer uma bomba', language: 'pt-BR' } }), never).catch((caught: unknown) => caught);
    expect(failureOf(error)).toMatchObject({ kind: 'content_policy', status: 451, vendorCode: 'TextModerationError' });
  });
});

describe('Synthesia', () => {
  it('signs its calls as documented', async () => {
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => void buffer(request).then((body) => (received.push({ headers: request.headers, body: body.toString() }), response.writeHead(200).end())));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = synthesia();
    const renderer = port.avatars as SynthesiaAvatarRenderer;
    const { secret } = await renderer.registerWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/integrations/webhooks/synthesia`, never);
    const order = orderOf();
    await renderer.start(order, never);
    for (let tries = 0; tries < 100 && received.length === 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const [call] = received;
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ type: 'video.completed', data: { callbackId: order.reference, status: 'complete' } });
    expect(call?.headers['synthesia-signature']).toBe(createHmac('sha256', secret).update(`${String(call?.headers['synthesia-timestamp'])}.${call?.body}`).digest('hex'));
  });

  it('has nobody for presenters without an avatar of the workspace, and says what voice it takes', async () => {
    const { port, failureOf } = vendorUnderTest(definitionOf('synthesia'), sandbox.url, 'synthesia.json');
    expect(await port.avatars?.shows(orderOf().presenter, never)).toBe(false);
    const error = await port.avatars?.start(orderOf(), never).catch((caught: unknown) => caught);
    expect(failureOf(error)).toMatchObject({ kind: 'unsupported', field: 'presenter' });
    expect((await synthesia().port.avatars?.start(orderOf(), never))?.warnings).toEqual([expect.stringContaining('SYNTHESIA_VOICE')]);
  });

  it('tells of a refusal for the content when it has looked', async () => {
    const { port } = synthesia();
    const accepted = await port.avatars?.start(orderOf({ speech: { type: 'text', text: 'como fazer uma bomba', language: 'pt-BR' } }), never);
    expect((await untilOver(port.avatars ?? never as never, accepted?.id ?? '')).last).toMatchObject({ state: 'failed', kind: 'content_policy' });
  });
});

describe('Runway', () => {
  const clipOf = async (overrides: Partial<EffectOrder> = {}): Promise<EffectOrder> => ({
    reference: newId(), still: { bytes: await sharp({ create: { width: 640, height: 360, channels: 3, background: '#884422' } }).jpeg().toBuffer(), contentType: 'image/jpeg' }, seconds: 2, aspect: '16:9', ...overrides,
  });

  it('makes a clip of a still through the official SDK, and is asked no more often than allowed', async () => {
    const { port, calls, problems, failureOf } = runway();
    const before = await port.effects?.credits?.(never);
    const accepted = await port.effects?.start(await clipOf(), never);
    expect(accepted).toMatchObject({ model: 'gen4_turbo', usage: { credits: 10 } });
    expect((await port.effects?.credits?.(never))?.remaining).toBe((before?.remaining ?? 0) - 10);
    expect((await port.effects?.read(accepted?.id ?? '', never))?.state).toMatch(/queued|rendering/);
    const tooSoon = await port.effects?.read(accepted?.id ?? '', never).catch((caught: unknown) => caught);
    expect(failureOf(tooSoon)).toMatchObject({ kind: 'rate_limited', retryAfterMs: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, port.effects?.pollMs));
    const done = await port.effects?.read(accepted?.id ?? '', never);
    expect(done).toMatchObject({ state: 'done', video: { url: expect.stringMatching(/\.mp4/) } });
    expect(calls.filter(({ path }) => path === '/v1/image_to_video')).toHaveLength(1);
    expect(problems).toEqual([]);
  }, 60_000);

  it('names the field at fault, and the credits that are missing', async () => {
    const { port, failureOf } = runway();
    const broken = await port.effects?.start(await clipOf({ still: { bytes: Buffer.from('no picture'), contentType: 'image/png' } }), never).catch((caught: unknown) => caught);
    expect(failureOf(broken)).toMatchObject({ kind: 'invalid_request', field: 'image_key', status: 400 });
    sandbox.configure({ vendor: 'runway', operation: 'image_to_video.create', faults: [{ fault: 'quota_exhausted' }] });
    const poor = await port.effects?.start(await clipOf(), never).catch((caught: unknown) => caught);
    expect(failureOf(poor).kind).toBe('quota');
  });

  it('stops a task, and gives the credits back', async () => {
    const { port, failureOf } = runway();
    const before = await port.effects?.credits?.(never);
    const accepted = await port.effects?.start(await clipOf(), never);
    await port.effects?.cancel(accepted?.id ?? '', never);
    await port.effects?.cancel(accepted?.id ?? '', never);
    expect((await port.effects?.credits?.(never))?.remaining).toBe(before?.remaining);
    const gone = await port.effects?.read(accepted?.id ?? '', never).catch((caught: unknown) => caught);
    expect(failureOf(gone).kind).toBe('unsupported');
  });
});

describe('painters', () => {
  it('Stability paints in the format asked for', async () => {
    const painted = await stability().port.backgrounds?.paint({ prompt: 'a calm classroom', language: 'en', aspect: '9:16' }, never);
    expect(await sharp(painted?.bytes).metadata()).toMatchObject({ format: 'png', width: 768, height: 1344 });
    expect(painted).toMatchObject({ model: 'core', usage: { credits: 3 } });
  });

  it.each<[string, FailureKind, string]>([['uma sala de aula com plantas', 'unsupported', 'invalid_language'], ['how to kill', 'content_policy', 'content_moderation']])('Stability refuses “%s”', async (prompt, kind, vendorCode) => {
    const { port, failureOf } = stability();
    const error = await port.backgrounds?.paint({ prompt, language: 'en', aspect: '16:9' }, never).catch((caught: unknown) => caught);
    expect(failureOf(error)).toMatchObject({ kind, vendorCode });
  });

  it('the local one paints the same picture for the same words, in the colours that they name', async () => {
    const painter = local().port.backgrounds;
    const [blue, again, green] = await Promise.all(['um céu azul', 'um céu azul', 'uma floresta verde'].map((prompt) => painter?.paint({ prompt, language: 'pt-BR', aspect: '16:9' }, never)));
    expect(again?.bytes.equals(blue?.bytes ?? Buffer.alloc(0))).toBe(true);
    const means = await Promise.all([blue, green].map(async (picture) => (await sharp(picture?.bytes).stats()).channels.map(({ mean }) => mean)));
    expect(means[0]?.[2]).toBeGreaterThan(means[0]?.[0] ?? 0);
    expect(means[1]?.[1]).toBeGreaterThan(means[1]?.[0] ?? 0);
  });

  it('the local clip is as long as asked, and moves', async () => {
    const { port } = local();
    const still = { bytes: await sharp({ create: { width: 640, height: 360, channels: 3, background: '#112233' } }).composite([{ input: Buffer.from('<svg width="80" height="80"><circle cx="40" cy="40" r="40" fill="white"/></svg>'), left: 20, top: 20 }]).png().toBuffer(), contentType: 'image/png' };
    const accepted = await port.effects?.start({ reference: newId(), still, seconds: 2, aspect: '16:9' }, never);
    const { last } = await untilOver(port.effects ?? never as never, accepted?.id ?? '');
    expect(last.state).toBe('done');
    await port.close?.();
  }, 60_000);
});

/** What every vendor's failures must come to, in the vendor's own words on the wire. */
const EXPECTED: readonly [SandboxFault, FailureKind | readonly FailureKind[], 'in doubt' | 'refused'][] = [
  ['unauthorized', 'auth', 'refused'], ['quota_exhausted', 'quota', 'refused'], ['rate_limited', 'rate_limited', 'refused'], ['rate_limited_retry_after_seconds', 'rate_limited', 'refused'],
  ['server_error', 'unavailable', 'in doubt'], ['unavailable', 'unavailable', 'in doubt'], ['connection_reset', 'unavailable', 'in doubt'], ['truncated_body', ['unavailable', 'malformed'], 'in doubt'],
  ['malformed_json', 'malformed', 'in doubt'], ['error_in_success', 'malformed', 'in doubt'], ['empty_answer', 'malformed', 'in doubt'],
];

describe.each(EXPECTED)('the fault %s', (fault, kinds, verdict) => {
  const places: [string, () => VendorUnderTest, string, (port: AvatarVideoProvider) => Promise<unknown>][] = [
    ['d-id', clips, 'clips.create', async (port) => port.avatars?.start(orderOf(), never)],
    ['synthesia', synthesia, 'videos.create', async (port) => port.avatars?.start(orderOf(), never)],
    ['runway', runway, 'image_to_video.create', async (port) => port.effects?.start({ reference: newId(), still: { bytes: await sharp({ create: { width: 64, height: 36, channels: 3, background: '#111' } }).png().toBuffer(), contentType: 'image/png' }, seconds: 2, aspect: '16:9' }, never)],
    ['stability', stability, 'generate.core', async (port) => port.backgrounds?.paint({ prompt: 'a lake', language: 'en', aspect: '16:9' }, never)],
  ];

  const jsonFault = fault === 'malformed_json' || fault === 'truncated_body';
  it.each(places.filter(([vendor]) => !(jsonFault && vendor === 'stability')))('is understood of %s', async (vendor, make, operation, call) => {
    const under = make();
    sandbox.configure({ vendor, operation, faults: [{ fault, retry_after_s: 7 }] });
    const error = await call(under.port).then(() => undefined, (caught: unknown) => caught);
    const failure = under.failureOf(error);
    expect([kinds].flat()).toContain(failure.kind);
    expect(leavesInDoubt(failure)).toBe(verdict === 'in doubt');
    if (fault === 'rate_limited_retry_after_seconds') expect(failure.retryAfterMs).toBe(7_000);
    expect(`${failure.message} ${failure.detail}`).not.toContain('test-key-of-a-vendor');
  });
});

it('an order that reached nobody is not in doubt', async () => {
  const { port, failureOf } = vendorUnderTest(definitionOf('d-id'), `http://127.0.0.1:${await freePort()}`, 'd-id.json', { D_ID_PRESENTER_SOFIA: 'v2_public_sofia@x' });
  const error = await port.avatars?.start(orderOf(), never).catch((caught: unknown) => caught);
  expect(leavesInDoubt(failureOf(error))).toBe(false);
});

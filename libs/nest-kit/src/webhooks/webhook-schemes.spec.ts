import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReceivedWebhook } from '@tecnocursos/contracts';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signStandardWebhook, standardWebhookHeaders, webhookSecretBytes } from './standard-webhook.js';
import { StandardWebhookScheme } from './standard-webhook.scheme.js';
import { TimestampHmacScheme } from './timestamp-hmac.scheme.js';
import { newWebhookToken, TokenUrlScheme, webhookTokenHash } from './token-url.scheme.js';

const call = (headers: Record<string, string>, body: string, token: string | null = null): ReceivedWebhook => ({
  id: '018f0000-0000-7000-8000-000000000000', vendor: 'synthesia', token, headers, body_base64: Buffer.from(body).toString('base64'), received_at: '2026-01-01T00:00:00Z',
});

/** The vector of the specification's own libraries. */
const OFFICIAL = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const NOW = OFFICIAL.timestamp * 1_000;

describe('StandardWebhookScheme', () => {
  const scheme = new StandardWebhookScheme([OFFICIAL.secret]);
  const headers = { 'webhook-id': OFFICIAL.id, 'webhook-timestamp': String(OFFICIAL.timestamp), 'webhook-signature': OFFICIAL.signature };
  const refusal = (changed: Record<string, string>, body = OFFICIAL.body, now = NOW) => {
    try {
      return scheme.verify(call({ ...headers, ...changed }, body), now).eventId;
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };

  it('signs and takes the official vector', () => {
    expect(signStandardWebhook(OFFICIAL.secret, OFFICIAL)).toBe(OFFICIAL.signature);
    expect(refusal({})).toBe(OFFICIAL.id);
  });

  it.each<[string, Record<string, string>, string, number, string]>([
    ['299 s old', {}, OFFICIAL.body, NOW + 299_000, OFFICIAL.id],
    ['301 s old', {}, OFFICIAL.body, NOW + 301_000, 'stale'],
    ['301 s early', {}, OFFICIAL.body, NOW - 301_000, 'stale'],
    ['a changed body', {}, '{"test":2432232314}', NOW, 'forged'],
    ['another id', { 'webhook-id': 'msg_other' }, OFFICIAL.body, NOW, 'forged'],
    ['a good signature after a bad one', { 'webhook-signature': `v1,AAAA ${OFFICIAL.signature}` }, OFFICIAL.body, NOW, OFFICIAL.id],
    ['an unknown version', { 'webhook-signature': OFFICIAL.signature.replace('v1,', 'v2,') }, OFFICIAL.body, NOW, 'forged'],
    ['no signature', { 'webhook-signature': '' }, OFFICIAL.body, NOW, 'forged'],
    ['an empty id', { 'webhook-id': '' }, OFFICIAL.body, NOW, 'unsigned'],
    ['an id with a dot', { 'webhook-id': 'a.b' }, OFFICIAL.body, NOW, 'unsigned'],
    ['a timestamp that is none', { 'webhook-timestamp': '1614265330.5' }, OFFICIAL.body, NOW, 'unsigned'],
  ])('judges %s', (_name, changed, body, now, verdict) => expect(refusal(changed, body, now)).toBe(verdict));

  it('agrees with the official library, both ways, and while a secret changes', () => {
    const [former, newest] = [newWebhookSecret(), newWebhookSecret()];
    const now = Math.floor(Date.now() / 1_000);
    const signed = standardWebhookHeaders([newest, former], { id: 'msg_1', timestamp: now, body: OFFICIAL.body });
    for (const secret of [former, newest]) expect(new Webhook(secret).verify(OFFICIAL.body, signed)).toEqual({ test: 2_432_232_314 });
    const signature = new Webhook(former).sign('msg_2', new Date(now * 1_000), OFFICIAL.body);
    const received = call({ 'webhook-id': 'msg_2', 'webhook-timestamp': String(now), 'webhook-signature': signature }, OFFICIAL.body);
    expect(new StandardWebhookScheme([newest, former]).verify(received, now * 1_000).eventId).toBe('msg_2');
    expect(() => new StandardWebhookScheme([newest]).verify(received, now * 1_000)).toThrow('forged');
  });

  it('makes secrets of 32 bytes, and refuses short and empty ones', () => {
    expect(webhookSecretBytes(newWebhookSecret())).toHaveLength(32);
    for (const secret of ['', 'whsec_', `whsec_${randomBytes(16).toString('base64')}`, `whsec_${randomBytes(65).toString('base64')}`]) expect(() => webhookSecretBytes(secret)).toThrow(RangeError);
  });
});

describe('TimestampHmacScheme', () => {
  const scheme = new TimestampHmacScheme({ secrets: ['new', 'former'], timestampHeader: 'synthesia-timestamp', signatureHeader: 'synthesia-signature' });
  const signed = (secret: string, body: string, timestamp = OFFICIAL.timestamp) => ({
    'synthesia-timestamp': String(timestamp), 'synthesia-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'),
  });

  it('takes both secrets, and the same event again under the same id', () => {
    const first = scheme.verify(call(signed('new', 'a'), 'a'), NOW);
    const again = scheme.verify(call(signed('former', 'a', OFFICIAL.timestamp + 60), 'a'), NOW);
    expect(again.eventId).toBe(first.eventId);
    expect(first.body.toString()).toBe('a');
    expect(scheme.verify(call(signed('new', 'b'), 'b'), NOW).eventId).not.toBe(first.eventId);
  });

  it('refuses other secrets, other bodies, other times, and what is no signature', () => {
    expect(() => scheme.verify(call(signed('other', 'a'), 'a'), NOW)).toThrow('forged');
    expect(() => scheme.verify(call(signed('new', 'a'), 'a '), NOW)).toThrow('forged');
    expect(() => scheme.verify(call({ ...signed('new', 'a'), 'synthesia-timestamp': String(OFFICIAL.timestamp + 1) }, 'a'), NOW)).toThrow('forged');
    expect(() => scheme.verify(call(signed('new', 'a', OFFICIAL.timestamp - 400), 'a'), NOW)).toThrow('stale');
    expect(() => scheme.verify(call({ ...signed('new', 'a'), 'synthesia-signature': 'x' }, 'a'), NOW)).toThrow('unsigned');
    expect(() => scheme.verify(call({}, 'a'), NOW)).toThrow('unsigned');
  });

  it('has nothing that fits when no secret is known', () => {
    const closed = new TimestampHmacScheme({ secrets: [], timestampHeader: 'synthesia-timestamp', signatureHeader: 'synthesia-signature' });
    expect(() => closed.verify(call(signed('', 'a'), 'a'), NOW)).toThrow('forged');
  });
});

describe('TokenUrlScheme', () => {
  const token = newWebhookToken();
  const scheme = new TokenUrlScheme(async (hash) => hash === webhookTokenHash(token));

  it('takes the tokens that were given out, and tells bodies apart', async () => {
    const { eventId } = await scheme.verify(call({}, 'a', token));
    expect((await scheme.verify(call({}, 'a', token))).eventId).toBe(eventId);
    expect((await scheme.verify(call({}, 'b', token))).eventId).not.toBe(eventId);
  });

  it('refuses others', async () => {
    await expect(scheme.verify(call({}, 'a', newWebhookToken()))).rejects.toMatchObject({ reason: 'forged' });
    for (const none of [null, '', 'short', `${token}x`, webhookTokenHash(token)]) await expect(scheme.verify(call({}, 'a', none))).rejects.toMatchObject({ reason: 'unsigned' });
  });
});

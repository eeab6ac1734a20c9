import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAuditEntry, AppError, createWebhookEndpoint, deleteWebhookEndpoint, listWebhookDeliveries, WEBHOOK_MAX_BYTES, webhookEvents, type ReceivedWebhook } from '@tecnocursos/contracts';
import { JobWorker, STREAMS } from '@tecnocursos/messaging';
import { GatewayHarness, TENANT } from '../gateway.harness.js';

const ID = '0190a000-0000-7000-8000-00000000e4d0';
const TOKEN = 'A'.repeat(43);

let harness: GatewayHarness;
const received: ReceivedWebhook[] = [];
const workers: { stop(graceMs: number): Promise<void> }[] = [];
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop(0)));
  await harness.stop();
});

const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${harness.gateway.url}/api/integrations/webhooks/${path}`, { method: 'POST', ...init });

/** What the broker has kept, until there is so much of it. */
async function stored(count: number): Promise<ReceivedWebhook[]> {
  if (workers.length === 0) {
    for (const contract of Object.values(webhookEvents)) {
      const worker = new JobWorker(harness.services.connection, {
        contract, stream: STREAMS.events, durable: `spec-${workers.length}`, concurrency: 1,
        handle: async (event) => {
          received.push(event);
          return { type: 'done' };
        },
      });
      worker.start();
      workers.push(worker);
    }
  }
  for (let waits = 0; waits < 200 && received.length < count; waits++) await new Promise((resolve) => setTimeout(resolve, 25));
  return received;
}

describe('a call of a vendor', () => {
  it('is stored byte by byte before it is answered, by anybody, whatever it is made of', async () => {
    const json = '{"type": "video.completed",\r\n "data":{"id":"1"}}  ';
    const bytes = Buffer.from([0, 255, 10, 13, 200]);
    const first = await call('synthesia', { body: json, headers: { 'content-type': 'application/json', 'synthesia-signature': 'f'.repeat(64), cookie: 'session=1' } });
    expect([first.status, await first.text()]).toEqual([202, '']);
    expect((await call(`d-id/${TOKEN}`, { body: bytes, headers: { 'content-type': 'text/strange; charset=klingon' } })).status).toBe(202);
    expect((await call(`d-id/${TOKEN}`)).status).toBe(202);
    const kept = await stored(3);
    const [signed] = kept.filter(({ vendor }) => vendor === 'synthesia');
    expect(signed).toMatchObject({ vendor: 'synthesia', token: null, headers: { 'synthesia-signature': 'f'.repeat(64), 'content-type': 'application/json' } });
    expect(signed?.headers).not.toHaveProperty('cookie');
    expect(Buffer.from(signed?.body_base64 ?? '', 'base64').toString()).toBe(json);
    const byToken = kept.filter(({ vendor }) => vendor === 'd-id');
    expect(byToken.map(({ token, body_base64: body }) => [token, body])).toEqual([[TOKEN, bytes.toString('base64')], [TOKEN, '']]);
  });

  it.each([['of a vendor that nobody is', 'acme', 404], ['with a token that is too long', `d-id/${'x'.repeat(201)}`, 404]])('%s is not found', async (_name, path, status) => {
    const response = await call(path, { body: '{}' });
    expect([response.status, await response.json()]).toMatchObject([status, { code: 'not_found' }]);
  });

  it('may have 640 kB, which fit into a message of the broker, and no more', async () => {
    expect((await call('synthesia', { body: Buffer.alloc(WEBHOOK_MAX_BYTES, 'x') })).status).toBe(202);
    const response = await call('synthesia', { body: Buffer.alloc(WEBHOOK_MAX_BYTES + 1, 'x') });
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'payload_too_large' }]);
  });
});

describe('endpoints of the caller', () => {
  it('are registered, and forgotten', async () => {
    harness.services
      .on(createWebhookEndpoint, ({ url, events }) => ({
        secret: 'whsec_AAAA',
        endpoint: { id: ID, url, description: null, events, state: 'enabled' as const, disabled_reason: null, created_at: '2026-11-25T12:00:00.000Z', secret_hint: 'AAAA' },
      }))
      .on(deleteWebhookEndpoint, () => ({ deleted: true as const }))
      .on(appendAuditEntry, () => ({ sequence: 1, hash: 'a' }))
      .on(listWebhookDeliveries, () => ({ deliveries: [] }));
    const created = await harness.fetch('/api/webhooks/endpoints', { method: 'POST', body: JSON.stringify({ url: 'https://escola.example/hook' }), headers: { 'content-type': 'application/json' } });
    expect([created.status, await created.json()]).toMatchObject([200, { secret: 'whsec_AAAA', endpoint: { events: ['video.ready', 'video.failed', 'video.canceled'] } }]);
    expect((await harness.fetch(`/api/webhooks/endpoints/${ID}`, { method: 'DELETE' })).status).toBe(204);
    expect((await harness.fetch(`/api/webhooks/deliveries?endpoint_id=${ID}&limit=5`)).status).toBe(200);
    expect(harness.services.callsOf(listWebhookDeliveries)).toMatchObject([{ tenantId: TENANT, request: { endpoint_id: ID, limit: 5 } }]);
    expect(harness.services.callsOf(appendAuditEntry).map(({ tenantId, request }) => [tenantId, request])).toEqual(['created', 'deleted'].map((deed) => [TENANT, expect.objectContaining({
      action: `webhook-endpoint.${deed}`, target: `webhook-endpoint:${ID}`, actor: expect.objectContaining({ type: 'api_key' }), client: expect.objectContaining({ address: '127.0.0.1' }),
    })]));
    expect((await fetch(`${harness.gateway.url}/api/webhooks/endpoints`)).status).toBe(401);
  });

  it('are changed although the note in the audit log cannot be kept', async () => {
    harness.services.on(appendAuditEntry, () => { throw new AppError('unavailable', 'Away.'); });
    expect((await harness.fetch(`/api/webhooks/endpoints/${ID}`, { method: 'DELETE' })).status).toBe(204);
  });
});

// The last: the broker does not come back.
describe('a broker that is away', () => {
  it('is told at once, with when to come again', async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
    await harness.nats.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const started = Date.now();
    const response = await call('synthesia', { body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});

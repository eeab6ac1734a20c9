import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, getMailboxMessage, listMailbox } from '@tecnocursos/contracts';
import { GatewayHarness, TENANT } from '../gateway.harness.js';

const ID = '0123456789abcdef';
const SUMMARY = { id: ID, message_id: 'a@b', from: 'x@y.example', to: ['z@y.example'], subject: 'Pronto', received_at: '2026-01-01T00:00:00Z' };

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
  harness.services
    .on(listMailbox, () => ({ messages: [SUMMARY] }))
    .on(getMailboxMessage, (_request, tenant) => {
      if (tenant !== TENANT) throw new AppError('not_found', 'There is no such message.');
      return { message: { ...SUMMARY, text: 'Pronto.', html: '<h1>Pronto</h1>' } };
    });
});
afterAll(() => harness.stop());

const listed = async (): Promise<{ url: string }> => ((await (await harness.fetch('/api/mailbox/messages?limit=5')).json()) as { messages: [{ url: string }] }).messages[0];

describe('the mailbox', () => {
  it('lists messages with links that open without a key, in a sandbox', async () => {
    const { url } = await listed();
    expect(url.startsWith(`${harness.gateway.url}/mailbox/`)).toBe(true);
    const page = await fetch(url);
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([200, '<h1>Pronto</h1>', 'text/html; charset=utf-8']);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "img-src 'self' data:", "style-src 'unsafe-inline'", 'sandbox allow-popups']) expect(policy).toContain(rule);
    expect(policy).not.toContain('allow-scripts');
    expect(harness.services.callsOf(listMailbox)).toMatchObject([{ request: { limit: 5 }, tenantId: TENANT }]);
  });

  it('gives one message with text and HTML', async () => {
    expect(await (await harness.fetch(`/api/mailbox/messages/${ID}`)).json()).toMatchObject({ message: { id: ID, text: 'Pronto.', url: expect.any(String) } });
  });

  it('opens no link that was changed', async () => {
    const { url } = await listed();
    const [body = '', signature = ''] = (url.split('/mailbox/')[1] ?? '').split('.');
    const claim = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...claim, message: 'ffffffffffffffff' })).toString('base64url');
    for (const token of [`${forged}.${signature}`, body, `${body}.`, `${body}.${signature}.x`, `.${signature}`]) {
      expect((await fetch(`${harness.gateway.url}/mailbox/${token}`)).status).toBe(403);
    }
  });
});

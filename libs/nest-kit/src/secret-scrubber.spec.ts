import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';
import { liveSecrets, SecretScrubber } from './secret-scrubber.js';

const random = (length: number): string => 'Zx7'.repeat(length).slice(0, length);

describe('SecretScrubber', () => {
  it('takes out the values of variables that hold secrets by their name, and passwords in addresses', () => {
    const scrubber = new SecretScrubber();
    scrubber.addFrom({
      OPENAI_API_KEY: 'CANARY-openai-1', STRIPE_WEBHOOK_SECRET: 'CANARY-stripe-2', IDENTITY_PREVIOUS_MASTER_KEYS: 'CANARY-old-3,CANARY-old-4', DATABASE_URL: 'postgresql://tc:CANARY%2Fdb-5@host/x',
      LOG_LEVEL: 'warning-level', SHORT_TOKEN: 'abc', MASTER_KEY_FILE: '/run/secrets/master-key', PUBLIC_URL: 'https://school.example', ABSENT_KEY: undefined,
    });
    const clean = scrubber.scrub('a CANARY-openai-1 b CANARY-stripe-2 c CANARY-old-3 d CANARY-old-4 e CANARY/db-5 f warning-level abc /run/secrets/master-key https://school.example');
    expect(clean).not.toContain('CANARY');
    expect(clean).toContain('warning-level abc /run/secrets/master-key https://school.example');
  });

  it('knows a secret in other clothes: escaped, encoded, and inside of another one', () => {
    const scrubber = new SecretScrubber();
    const secret = 'p"ss w0rd/ü+long';
    scrubber.add('p"ss w0rd');
    scrubber.add(secret);
    for (const text of [secret, JSON.stringify({ secret }), encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')]) {
      expect(scrubber.scrub(`x ${text} y`)).not.toMatch(/w0rd|ong|cCJzc/);
    }
  });

  it.each([
    `tc_${random(43)}`, `tc_live_${random(43)}`, `tc_test_${random(43)}`, `tcr_${random(43)}`, `sk-proj-${random(40)}`, `sk_live_${random(24)}`, `whsec_${random(32)}`, `ghp_${random(36)}`,
    `eyJ${random(20)}.eyJ${random(30)}.${random(43)}`,
  ])('knows %s by its looks', (secret) => {
    const clean = new SecretScrubber().scrub(`{"url":"https://x.example/?key=${secret}","text":"Bearer ${secret}, refused"}`);
    expect(clean).toBe('{"url":"https://x.example/?key=[redacted]","text":"Bearer [redacted], refused"}');
  });

  it('leaves alone what only resembles one', () => {
    const line = '{"msg":"task-management sk-1 eyJ a.b tc_short","id":"0190a000-0000-7000-8000-000000000001","url":"https://x.example:8080/a@b","at":"12:30:11"}';
    expect(new SecretScrubber().scrub(line)).toBe(line);
    expect(new SecretScrubber().scrub('postgresql://tc:hunter22@db/x')).toBe('postgresql://tc:[redacted]@db/x');
  });

  it('stands behind every logger: message, error, cause, nested field and stack', () => {
    const lines: string[] = [];
    const logger = createLogger({ LOG_LEVEL: 'info', LOG_FORMAT: 'json', NODE_ENV: 'test' }, new Writable({ write: (chunk, _encoding, done) => { lines.push(String(chunk)); done(); } }));
    liveSecrets.add('CANARY-logger-77');
    logger.error({ err: new Error('failed with CANARY-logger-77', { cause: new Error('CANARY-logger-77') }), deep: { er: { still: ['CANARY-logger-77'] } } }, 'saw CANARY-logger-77');
    logger.child({ service: 'x' }).info({ url: '/a?k=CANARY-logger-77' }, 'child');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('CANARY');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['saw [redacted]', 'child']);
  });
});

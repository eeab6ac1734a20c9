import { describe, expect, it } from 'vitest';
import { verifyAccessToken } from './access-token.js';
import { SigningKeySet } from './signing-key-set.js';
import { AUDIENCE, claimsOf, confused, ISSUER, newTestKey, signed, unsigned } from './tokens.harness.js';

const KEY = newTestKey('k1');
const OTHER = newTestKey('k2');
const ID = '0190a000-0000-7000-8000-000000000001';
const subject = { sub: ID, tenant: ID, sid: ID };
const good = claimsOf(subject);
const nowS = Math.floor(Date.now() / 1000);

/** A key set that counts how often it is asked for. */
function keySet(keys = [KEY]) {
  const state = { keys, asked: 0, now: Date.now() };
  const set = new SigningKeySet(async () => {
    state.asked += 1;
    return { keys: state.keys.map(({ published }) => published), max_age_s: 300, issuer: ISSUER, audience: AUDIENCE };
  }, () => state.now);
  return { state, set };
}
const check = (token: string): Promise<unknown> => verifyAccessToken(token, keySet().set, Date.now());

describe('verifyAccessToken', () => {
  it('takes what identity signed', async () => {
    await expect(check(signed(KEY, good))).resolves.toMatchObject(subject);
    await expect(check(signed(KEY, { ...good, aud: ['else', AUDIENCE] }))).resolves.toMatchObject(subject);
  });

  it.each<[string, string]>([
    ['no signature', unsigned(KEY, good)],
    ['HMAC with the public key', confused(KEY, good)],
    ['another key of the same id', signed({ ...OTHER, kid: 'k1' }, good)],
    ['a key that is not published', signed(OTHER, good)],
    ['no key id', signed(KEY, good, { kid: undefined })],
    ['a key id that is a path', signed(KEY, good, { kid: '../../etc/passwd' })],
    ['a key in its header', signed(KEY, good, { jwk: OTHER.published })],
    ['another type', signed(KEY, good, { typ: 'JWT' })],
    ['critical extensions', signed(KEY, good, { crit: ['exp'] })],
    ['another issuer', signed(KEY, { ...good, iss: 'https://evil.test' })],
    ['another audience', signed(KEY, { ...good, aud: 'else' })],
    ['an end in the past', signed(KEY, { ...good, exp: nowS - 1 })],
    ['no end', signed(KEY, { ...good, exp: undefined })],
    ['a beginning in the future', signed(KEY, { ...good, nbf: nowS + 60 })],
    ['an issue in the future', signed(KEY, { ...good, iat: nowS + 60 })],
    ['an unknown role', signed(KEY, { ...good, role: 'root' })],
    ['no session', signed(KEY, { ...good, sid: undefined })],
    ['a changed body', signed(KEY, good).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...good, role: 'viewer' })).toString('base64url')}.`)],
    ['a cut signature', signed(KEY, good).slice(0, -20)],
    ['a fourth part', `${signed(KEY, good)}.x`],
    ['no JSON', 'eyJ.eyJ.eyJ'],
    ['nothing in it', 'eyJhIjoxfQ..'],
    ['more than anybody needs', signed(KEY, { ...good, filler: 'x'.repeat(5_000) })],
  ])('refuses a token with %s', async (_name, token) => {
    await expect(check(token)).rejects.toMatchObject({ code: 'token_invalid', status: 401 });
  });
});

describe('SigningKeySet', () => {
  it('asks once for many, again when the set is old, and for unknown ids once in ten seconds at most', async () => {
    const { state, set } = keySet();
    await Promise.all([set.find('k1'), set.find('k1'), set.find('k2')]);
    expect(state.asked).toBe(1);
    state.keys = [KEY, OTHER];
    expect(await set.find('k2')).toBeUndefined();
    state.now += 11_000;
    expect(await set.find('k2')).toBeDefined();
    for (let tries = 0; tries < 50; tries += 1) await set.find(`made-up-${tries}`);
    expect(state.asked).toBe(2);
    state.keys = [OTHER];
    state.now += 301_000;
    expect(await set.find('k1')).toBeUndefined();
    expect(state.asked).toBe(3);
  });

  it('remembers no failure', async () => {
    let fails = true;
    const set = new SigningKeySet(async () => {
      if (fails) throw new Error('away');
      return { keys: [KEY.published], max_age_s: 300, issuer: ISSUER, audience: AUDIENCE };
    });
    await expect(set.find('k1')).rejects.toThrow('away');
    fails = false;
    expect(await set.find('k1')).toBeDefined();
  });
});

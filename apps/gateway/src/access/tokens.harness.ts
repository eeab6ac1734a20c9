import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export const ISSUER = 'https://identity.test';
export const AUDIENCE = 'tecnocursos-api';

export interface TestKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** As identity publishes it. */
  readonly published: { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; alg: 'EdDSA'; use: 'sig' };
}

export function newTestKey(kid: string): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, published: { kty: 'OKP', crv: 'Ed25519', x: String(publicKey.export({ format: 'jwk' }).x), kid, alg: 'EdDSA', use: 'sig' } };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowS = (): number => Math.floor(Date.now() / 1000);

/** Claims of a good token; those given win. Undefined takes one away. */
export const claimsOf = (own: Record<string, unknown>): Record<string, unknown> => ({
  iss: ISSUER, aud: AUDIENCE, role: 'owner', iat: nowS(), exp: nowS() + 600, jti: 'token-1', ...own,
});

export function signed(key: TestKey, claims: Record<string, unknown>, header: Record<string, unknown> = {}): string {
  const input = `${encoded({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })}.${encoded(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`;
}

/** Signed by HMAC with the public key as its secret, as an attacker would who hopes that the header chooses the algorithm. */
export function confused(key: TestKey, claims: Record<string, unknown>): string {
  const input = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encoded(claims)}`;
  return `${input}.${createHmac('sha256', key.published.x).update(input).digest('base64url')}`;
}

export const unsigned = (key: TestKey, claims: Record<string, unknown>): string => `${encoded({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${encoded(claims)}.`;

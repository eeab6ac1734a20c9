// Access tokens that are as an attacker, or a fault, would make them: a key of ours is published beside identity's, so that only what is meant to be wrong is wrong.
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { listSigningKeys } from '@tecnocursos/contracts';
import { sql } from 'kysely';

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowS = () => Math.floor(Date.now() / 1000);

export class TokenForge {
  #key = generateKeyPairSync('ed25519');
  kid = `check-${randomUUID().slice(0, 8)}`;

  constructor(platform) {
    this.platform = platform;
    this.db = platform.database.schema('identity');
  }

  /** Published, and never signed with by identity: its time to sign began before that of every other key. */
  async publish() {
    const { x } = this.#key.publicKey.export({ format: 'jwk' });
    this.x = x;
    await sql`insert into identity.signing_key (kid, public_x, private_sealed, created_at, signs_from, published_until)
      values (${this.kid}, ${x}, 'none', now(), '2000-01-01', null)`.execute(this.db);
    const { issuer, audience } = await this.platform.rpc.call(listSigningKeys, {});
    this.defaults = { iss: issuer, aud: audience };
    await this.cacheIsOver();
  }

  async withdraw() {
    await sql`delete from identity.signing_key where kid = ${this.kid}`.execute(this.db);
    await this.cacheIsOver();
  }

  claims({ account_id, tenant_id, role, session_id }, own = {}) {
    return { ...this.defaults, sub: account_id, tenant: tenant_id, role, sid: session_id, iat: nowS(), exp: nowS() + 600, jti: randomUUID(), ...own };
  }

  sign(claims, header = {}) {
    const input = `${encoded({ alg: 'EdDSA', typ: 'at+jwt', kid: this.kid, ...header })}.${encoded(claims)}`;
    return `${input}.${sign(null, Buffer.from(input), this.#key.privateKey).toString('base64url')}`;
  }

  unsigned(claims) {
    return `${encoded({ alg: 'none', typ: 'at+jwt', kid: this.kid })}.${encoded(claims)}.`;
  }

  /** HMAC with the public key as its secret. */
  confused(claims) {
    const input = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: this.kid })}.${encoded(claims)}`;
    return `${input}.${createHmac('sha256', this.#key.publicKey.export({ type: 'spki', format: 'pem' })).update(input).digest('base64url')}`;
  }

  /** A further open session of a signed-in account, as the claims of its token need it. */
  async newSession(tokens) {
    const session_id = randomUUID();
    await sql`insert into identity.session (id, account_id, tenant_id, methods, address, user_agent, created_at, last_used_at, expires_at, revoked_at, revoked_because)
      values (${session_id}, ${tokens.account_id}, ${tokens.tenant_id}, '["pwd"]', '127.0.0.1', 'check', now(), now(), now() + interval '1 hour', null, null)`.execute(this.db);
    return { ...tokens, session_id };
  }

  /** The gateway asks for unknown key ids once in ten seconds, and for a set that is over at once: IDENTITY_JWKS_CACHE_S is 1 here. */
  cacheIsOver() {
    return new Promise((resolve) => setTimeout(resolve, 1_200));
  }
}

import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ACCESS_TOKEN_ALGORITHM, type listSigningKeys, type ReplyInput } from '@tecnocursos/contracts';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import { TOKENS_CONFIG } from '../identity.tokens.js';
import { newToken } from '../random-token.js';
import { PLATFORM, SecretVault, type Sealer } from '../vault/secret-vault.service.js';
import { nextSigningTime, previousPublishedUntil, signingKeyAt, type KeyTiming } from './key-schedule.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import type { SigningKeyRow } from './token.tables.js';
import type { TokensConfig } from './tokens.config.js';

const EVERY_MS = 30_000;
/** Milliseconds that rows are kept: far below the cache time of the set, so that a replica knows a key before it signs. */
const KEPT_MS = 2_000;
const placeOf = (kid: string) => ({ provider: 'signing-key', field: kid });

/** Keys of access tokens: published, waited for, used, and kept until the last token that they signed has expired. */
@Injectable()
export class SigningKeys implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;
  private readonly opened = new Map<string, KeyObject>();
  private known: { keys: SigningKeyRow[]; until: number } | undefined;

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly vault: SecretVault,
    private readonly clock: Clock,
    @Inject(TOKENS_CONFIG) private readonly config: TokensConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.task = loggedTask('signing-keys', logger, { everyMs: EVERY_MS, run: () => this.rotateWhenDue() });
  }

  async onModuleInit(): Promise<void> {
    await this.rotateWhenDue();
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  /** The key to sign with now. @throws SealBrokenError when the master key is another one than that which sealed it. */
  async current(): Promise<{ kid: string; key: KeyObject }> {
    const row = signingKeyAt(await this.published(), this.clock.now());
    if (!row) throw new Error('There is no signing key: the rotation has not run');
    const known = this.opened.get(row.kid);
    if (known) return { kid: row.kid, key: known };
    const key = createPrivateKey({ key: JSON.parse(await this.vault.open(PLATFORM, placeOf(row.kid), row.private_sealed)) as JsonWebKey, format: 'jwk' });
    this.opened.set(row.kid, key);
    return { kid: row.kid, key };
  }

  async list(): Promise<ReplyInput<typeof listSigningKeys>> {
    const keys = await this.repository.published();
    return {
      keys: keys.map(({ kid, public_x: x }) => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: ACCESS_TOKEN_ALGORITHM, use: 'sig' })),
      max_age_s: this.config.IDENTITY_JWKS_CACHE_S, issuer: this.config.IDENTITY_TOKEN_ISSUER, audience: this.config.IDENTITY_TOKEN_AUDIENCE,
    };
  }

  async rotateWhenDue(): Promise<void> {
    await this.repository.deleteOver();
    await this.succeed((keys) => nextSigningTime(keys, this.timing(), this.clock.now()));
  }

  /** Ahead of the schedule, and still not before every cached set has the new key. A key that waits already is the answer. */
  async rotateNow(): Promise<{ kid: string; signsFrom: Date }> {
    const now = this.clock.now();
    const added = await this.succeed((keys) => (keys.some(({ signs_from: from }) => from > now) ? null : this.clock.in(this.timing().cacheMs)));
    const waiting = added ?? (await this.repository.published())[0];
    if (!waiting) throw new Error('There is no signing key');
    return { kid: waiting.kid, signsFrom: waiting.signs_from };
  }

  private async succeed(when: (keys: readonly SigningKeyRow[]) => Date | null): Promise<SigningKeyRow | null> {
    const sealer = await this.vault.sealer(PLATFORM);
    const added = await this.repository.succeed((keys) => {
      const signsFrom = when(keys);
      return signsFrom && { key: newKey(sealer, this.clock.now(), signsFrom), previousPublishedUntil: previousPublishedUntil(signsFrom, this.timing()) };
    });
    this.known = undefined;
    if (added) this.logger.info({ kid: added.kid, signs_from: added.signs_from }, 'a new signing key is published');
    return added;
  }

  private async published(): Promise<SigningKeyRow[]> {
    const now = this.clock.now().getTime();
    if (!this.known || this.known.until <= now) this.known = { keys: await this.repository.published(), until: now + KEPT_MS };
    return this.known.keys;
  }

  private timing(): KeyTiming {
    return { cacheMs: this.config.IDENTITY_JWKS_CACHE_S * 1000, signingMs: this.config.IDENTITY_KEY_ROTATION_DAYS * 86_400_000, tokenMs: this.config.IDENTITY_ACCESS_TOKEN_S * 1000 };
  }
}

function newKey(sealer: Sealer, createdAt: Date, signsFrom: Date): SigningKeyRow {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = newToken().slice(0, 16);
  return { kid, public_x: String(jwk.x), private_sealed: sealer.seal(placeOf(kid), JSON.stringify(jwk)), created_at: createdAt, signs_from: signsFrom, published_until: null };
}

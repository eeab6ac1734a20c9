import { createPublicKey, type KeyObject } from 'node:crypto';
import type { listSigningKeys, ReplyOf } from '@tecnocursos/contracts';

/** An unknown key id makes us ask again, and no more often than this: anybody can make key ids up. */
const REFETCH_MS = 10_000;

type PublishedKeys = ReplyOf<typeof listSigningKeys>;

export interface SigningKey {
  readonly key: KeyObject;
  readonly issuer: string;
  readonly audience: string;
}

interface KnownKeys {
  readonly byId: ReadonlyMap<string, SigningKey>;
  readonly fetchedAt: number;
  readonly freshUntil: number;
}

/** Identity's public keys, kept for as long as identity says; a key is published before it signs, so that no valid token is refused. */
export class SigningKeySet {
  private known: KnownKeys | undefined;
  private fetching: Promise<KnownKeys> | undefined;

  constructor(
    private readonly fetchKeys: () => Promise<PublishedKeys>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Undefined for a key that identity does not publish. @throws AppError `unavailable`, `timeout` when identity cannot be asked. */
  async find(keyId: string): Promise<SigningKey | undefined> {
    const known = this.known && this.now() < this.known.freshUntil ? this.known : await this.refetch();
    const found = known.byId.get(keyId);
    if (found || this.now() - known.fetchedAt < REFETCH_MS) return found;
    return (await this.refetch()).byId.get(keyId);
  }

  private refetch(): Promise<KnownKeys> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async fetch(): Promise<KnownKeys> {
    const { keys, max_age_s: maxAgeS, issuer, audience } = await this.fetchKeys();
    const fetchedAt = this.now();
    const byId = new Map(keys.map(({ kid, kty, crv, x }) => [kid, { key: createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), issuer, audience }]));
    this.known = { byId, fetchedAt, freshUntil: fetchedAt + maxAgeS * 1000 };
    return this.known;
  }
}

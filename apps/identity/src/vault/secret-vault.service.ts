import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { Clock } from '../clock.js';
import { DataKeyRepository, type WrappedKey } from './data-key.repository.js';
import { associatedData, KEY_BYTES, keyIdOf, open, seal, SealBrokenError } from './envelope.js';
import { MasterKeys } from './master-keys.js';

/** Where a secret belongs. It opens there alone: a row copied to another tenant, provider or field does not. */
export interface SecretPlace {
  readonly provider: string;
  readonly field: string;
}

/** Identity's own secrets (signing keys, mails under way) have a key of their own, under this id. */
export const PLATFORM = '00000000-0000-0000-0000-000000000000';

/** Seals without asking the database, and so within a transaction too. */
export interface Sealer {
  seal(place: SecretPlace, secret: string): string;
  open(place: SecretPlace, sealed: string): string;
}

/** Milliseconds that an unwrapped key is kept in memory: a key that another replica destroyed is forgotten after it. */
const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;
const REWRAP_BATCH = 200;
const KEY_NAME = /^k([1-9]\d{0,8})$/;

/** Envelope encryption: secrets are sealed with the tenant's data key, data keys with the master key. */
@Injectable()
export class SecretVault {
  private readonly kept = new Map<string, { key: Buffer; until: number }>();

  constructor(
    private readonly keys: DataKeyRepository,
    private readonly masterKeys: MasterKeys,
    private readonly clock: Clock,
  ) {}

  /** For the newest key of a tenant, which is made when there is none. @throws AppError `not_found` when the tenant's keys were destroyed. */
  async sealer(tenantId: string): Promise<Sealer> {
    const { version, key } = await this.newestKey(tenantId);
    return {
      seal: (place, secret) => seal(key, `k${version}`, Buffer.from(secret), placeData(tenantId, place, version)),
      open: (place, sealed) => openWith(tenantId, key, version, place, sealed),
    };
  }

  async seal(tenantId: string, place: SecretPlace, secret: string): Promise<string> {
    return (await this.sealer(tenantId)).seal(place, secret);
  }

  /** @throws SealBrokenError; AppError `not_found` when the key was destroyed. */
  async open(tenantId: string, place: SecretPlace, sealed: string): Promise<string> {
    const version = Number(KEY_NAME.exec(keyIdOf(sealed))?.[1] ?? 0);
    return openWith(tenantId, await this.key(tenantId, version), version, place, sealed);
  }

  /**
   * Wraps what other master keys wrap with the current one. Data keys stay the same, so reads go on throughout. A key that does not
   * open, or whose master key is not given, keeps no other from being wrapped. @returns how many were, and how many did not open.
   */
  async rewrap(): Promise<{ rewrapped: number; failed: number }> {
    const counts = { rewrapped: 0, failed: 0 };
    let last: WrappedKey | undefined;
    for (;;) {
      const batch = await this.keys.wrappedByOthers(this.masterKeys.current.id, last, REWRAP_BATCH);
      if (batch.length === 0) return counts;
      for (const key of batch) {
        const wrapped = this.wrappedAnew(key);
        if (wrapped === null) counts.failed += 1;
        else if (await this.keys.replace(key.tenant_id, key.version, { from: key.wrapped, to: wrapped }, this.masterKeys.current.id)) counts.rewrapped += 1;
      }
      last = batch.at(-1);
    }
  }

  /** Forgets a tenant's keys in this process; `DataKeyRepository.destroy` removes them from the database. */
  forget(tenantId: string): void {
    for (const name of this.kept.keys()) if (name.startsWith(`${tenantId}:`)) this.kept.delete(name);
  }

  private async newestKey(tenantId: string): Promise<{ version: number; key: Buffer }> {
    const found = (await this.keys.newest(tenantId)) ?? (await this.makeKey(tenantId));
    return { version: found.version, key: this.remember(tenantId, found.version, found.wrapped) };
  }

  private async makeKey(tenantId: string): Promise<{ version: number; wrapped: string | null }> {
    const wrapped = this.wrap(tenantId, 1, randomBytes(KEY_BYTES));
    await this.keys.insert({ tenant_id: tenantId, version: 1, wrapped, master_key_id: this.masterKeys.current.id });
    return (await this.keys.newest(tenantId)) ?? { version: 1, wrapped };
  }

  private async key(tenantId: string, version: number): Promise<Buffer> {
    const kept = this.kept.get(`${tenantId}:${version}`);
    if (kept && kept.until > this.clock.now().getTime()) return kept.key;
    const row = await this.keys.find(tenantId, version);
    if (!row) throw new SealBrokenError();
    return this.remember(tenantId, version, row.wrapped);
  }

  private remember(tenantId: string, version: number, wrapped: string | null): Buffer {
    const name = `${tenantId}:${version}`;
    if (wrapped === null) {
      this.kept.delete(name);
      throw new AppError('not_found', 'The keys of this organization were destroyed, and its secrets with them.');
    }
    const key = this.unwrap(tenantId, version, wrapped);
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(name, { key, until: this.clock.now().getTime() + KEPT_MS });
    return key;
  }

  private wrappedAnew({ tenant_id: tenantId, version, wrapped }: WrappedKey): string | null {
    try {
      return this.wrap(tenantId, version, this.unwrap(tenantId, version, wrapped));
    } catch {
      return null;
    }
  }

  private wrap(tenantId: string, version: number, key: Buffer): string {
    return seal(this.masterKeys.current.key, this.masterKeys.current.id, key, wrapData(tenantId, version));
  }

  private unwrap(tenantId: string, version: number, wrapped: string): Buffer {
    const masterKey = this.masterKeys.find(keyIdOf(wrapped));
    if (!masterKey) {
      throw new Error(`A data key is wrapped with the master key ${keyIdOf(wrapped)}, which is not given: put it into IDENTITY_MASTER_KEY or IDENTITY_PREVIOUS_MASTER_KEYS`);
    }
    return open(masterKey.key, wrapped, wrapData(tenantId, version));
  }
}

const wrapData = (tenantId: string, version: number): Buffer => associatedData('data-key', tenantId, version);
const placeData = (tenantId: string, { provider, field }: SecretPlace, version: number): Buffer => associatedData('secret', tenantId, provider, field, version);

function openWith(tenantId: string, key: Buffer, version: number, place: SecretPlace, sealed: string): string {
  if (keyIdOf(sealed) !== `k${version}`) throw new SealBrokenError();
  return open(key, sealed, placeData(tenantId, place, version)).toString();
}

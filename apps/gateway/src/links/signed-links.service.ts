import { createDownloads } from '@tecnocursos/contracts';
import { type BusService } from '../bus/bus.service.js';

export interface SignedLinks {
  readonly urls: ReadonlyMap<string, string>;
  /** Null when there was nothing to sign. */
  readonly expiresAt: string | null;
}

/** Signed, expiring addresses of the tenant's stored objects, for browsers. */
export class SignedLinksService {
  constructor(private readonly bus: BusService) {}

  /** @param keys 500 at most. */
  async of(keys: readonly string[]): Promise<SignedLinks> {
    if (keys.length === 0) return { urls: new Map(), expiresAt: null };
    const { urls, expires_at: expiresAt } = await this.bus.call(createDownloads, { keys: [...keys], audience: 'public' });
    return { urls: new Map(keys.map((key, index) => [key, urls[index] ?? ''])), expiresAt };
  }

  async one(key: string): Promise<{ url: string; expires_at: string }> {
    const { urls, expiresAt } = await this.of([key]);
    return { url: urls.get(key) ?? '', expires_at: expiresAt ?? '' };
  }
}

import { createHash } from 'node:crypto';
import { API_KEY_PATTERN, AppError, verifyApiKey } from '@tecnocursos/contracts';
import { backgroundContext, runInContext, type RpcClient } from '@tecnocursos/messaging';
import { ExpiringCache } from './expiring-cache.js';

const MAX_KEYS = 1_000;
/** A revoked key is refused after this at the latest. */
const KNOWN_MS = 30_000;
const UNKNOWN_MS = 2_000;
const BEARER = /^bearer +(\S+)$/i;

const missing = (): AppError =>
  new AppError('api_key_missing', 'Send the header "Authorization: Bearer tc_…" with a key of your tenant.', {
    issues: [{ field: 'authorization', message: 'Set it to "Bearer " and an API key.' }],
  });

const invalid = (): AppError =>
  new AppError('api_key_invalid', 'This API key is unknown or was revoked. Use a key of your tenant.', {
    issues: [{ field: 'authorization', message: 'Use a key that is valid.' }],
  });

/** Who calls: API keys are checked by identity, and remembered for half a minute. */
export class AuthenticatorService {
  private readonly tenants = new ExpiringCache<string>({ maxEntries: MAX_KEYS, ttlMs: KNOWN_MS });
  private readonly refused = new ExpiringCache<true>({ maxEntries: MAX_KEYS, ttlMs: UNKNOWN_MS });
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(private readonly rpc: RpcClient) {}

  /** The tenant, when this header was seen lately. */
  recall(authorization: string | undefined): string | undefined {
    return authorization === undefined ? undefined : this.tenants.get(authorization);
  }

  /** @throws AppError `api_key_missing`, `api_key_invalid`; `unavailable` or `timeout` when identity cannot be asked. */
  async verify(authorization: string | undefined, requestId: string): Promise<string> {
    const key = BEARER.exec(authorization ?? '')?.[1];
    if (authorization === undefined || key === undefined) throw missing();
    if (!API_KEY_PATTERN.test(key) || this.refused.get(key)) throw invalid();
    const running = this.underWay.get(key);
    if (running) return running;
    const answer = this.ask(key, requestId).finally(() => this.underWay.delete(key));
    this.underWay.set(key, answer);
    const tenantId = await answer;
    this.tenants.set(authorization, tenantId);
    return tenantId;
  }

  private async ask(key: string, requestId: string): Promise<string> {
    const request = { key_sha256: createHash('sha256').update(key).digest('hex') };
    try {
      // Shared by all requests that wait for it, so it belongs to none of them.
      const { tenant_id: tenantId } = await runInContext(backgroundContext('', requestId), () => this.rpc.call(verifyApiKey, request));
      return tenantId;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'api_key_invalid') throw error;
      this.refused.set(key, true);
      throw invalid();
    }
  }
}

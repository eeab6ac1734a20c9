import { createHash } from 'node:crypto';
import { API_KEY_PATTERN, AppError, checkSession, listSigningKeys, ROLE_PERMISSIONS, verifyApiKey, type Client, type RequestInput, type ReplyOf, type RpcContract } from '@tecnocursos/contracts';
import { backgroundContext, runInContext, type RpcClient } from '@tecnocursos/messaging';
import { looksLikeToken, tokenInvalid, verifyAccessToken } from './access-token.js';
import type { Caller } from './caller.js';
import { ExpiringCache } from './expiring-cache.js';
import { SigningKeySet } from './signing-key-set.js';

const MAX_CALLERS = 10_000;
/** A revoked key, an ended session and a role that was taken away are noticed after this at the latest. */
const KNOWN_MS = 30_000;
const UNKNOWN_MS = 2_000;
const BEARER = /^bearer +(\S+)$/i;

const missing = (): AppError =>
  new AppError('api_key_missing', 'Send the header "Authorization: Bearer …" with an API key of your tenant (tc_…), or with an access token.', {
    issues: [{ field: 'authorization', message: 'Set it to "Bearer " and an API key or access token.' }],
  });

const invalid = (): AppError =>
  new AppError('api_key_invalid', 'This API key is unknown or was revoked. Use a key of your tenant.', {
    issues: [{ field: 'authorization', message: 'Use a key that is valid.' }],
  });

/** What a request shows of itself. */
export interface Introduction {
  readonly authorization: string | undefined;
  readonly requestId: string;
  readonly client: Client;
}

interface Known {
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Who calls. Access tokens are verified here by identity's public keys, and identity is asked whether their sessions are open; API keys are checked by identity. What was
 * found is remembered for half a minute.
 */
export class AuthenticatorService {
  private readonly callers = new ExpiringCache<Known>({ maxEntries: MAX_CALLERS, ttlMs: KNOWN_MS });
  private readonly refused = new ExpiringCache<true>({ maxEntries: MAX_CALLERS, ttlMs: UNKNOWN_MS });
  private readonly underWay = new Map<string, Promise<Known>>();
  private readonly keys: SigningKeySet;

  constructor(
    private readonly rpc: RpcClient,
    private readonly now: () => number = Date.now,
  ) {
    this.keys = new SigningKeySet(() => this.ask(listSigningKeys, {}, 'signing-keys'), now);
  }

  /** The caller, when this header was seen lately. */
  recall(authorization: string | undefined): Caller | undefined {
    const known = authorization === undefined ? undefined : this.callers.get(authorization);
    return known && known.expiresAt > this.now() ? known.caller : undefined;
  }

  /** A session that ended, a password that changed: asked anew at the next request. */
  forget(authorization: string | undefined): void {
    if (authorization !== undefined) this.callers.delete(authorization);
  }

  /** An account or a key that lost its rights: found again, or not, at its next request. */
  forgetActor(id: string): void {
    this.callers.deleteWhere(({ caller }) => caller.actor.id === id);
  }

  /** @throws AppError `api_key_missing`, `api_key_invalid`, `token_invalid`; `unavailable` or `timeout` when identity cannot be asked. */
  async verify({ authorization, requestId, client }: Introduction): Promise<Caller> {
    const shown = BEARER.exec(authorization ?? '')?.[1];
    if (authorization === undefined || shown === undefined) throw missing();
    const isToken = looksLikeToken(shown);
    if (!isToken && !API_KEY_PATTERN.test(shown)) throw invalid();
    if (this.refused.get(shown)) throw isToken ? tokenInvalid() : invalid();
    const answer = this.underWay.get(shown) ?? this.begin(shown, () => (isToken ? this.bySession(shown, requestId) : this.byApiKey(shown, requestId, client)));
    const known = await answer;
    this.callers.set(authorization, known);
    return known.caller;
  }

  /** Shared by all requests that show the same. */
  private begin(shown: string, find: () => Promise<Known>): Promise<Known> {
    const answer = find()
      .catch((error: unknown) => {
        if (error instanceof AppError && error.status === 401) this.refused.set(shown, true);
        throw error;
      })
      .finally(() => this.underWay.delete(shown));
    this.underWay.set(shown, answer);
    return answer;
  }

  private async bySession(token: string, requestId: string): Promise<Known> {
    const { sub: accountId, sid: sessionId, tenant: tenantId, exp } = await verifyAccessToken(token, this.keys, this.now());
    const session = await this.ask(checkSession, { session_id: sessionId, account_id: accountId, tenant_id: tenantId }, requestId);
    if (!session.active) throw tokenInvalid();
    const { role } = session;
    const caller: Caller = {
      tenantId, role, permissions: new Set(ROLE_PERMISSIONS[role]), mode: 'live', actor: { type: 'account', id: accountId }, session: { accountId, sessionId },
    };
    return { caller, expiresAt: exp * 1000 };
  }

  private async byApiKey(key: string, requestId: string, client: Client): Promise<Known> {
    const request = { key_sha256: createHash('sha256').update(key).digest('hex'), client };
    const found = await this.ask(verifyApiKey, request, requestId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'api_key_invalid' ? invalid() : error;
    });
    const { tenant_id: tenantId, key_id: id, role, scopes, mode, expires_at: expiresAt } = found;
    const ofRole = new Set(ROLE_PERMISSIONS[role]);
    const permissions = new Set(scopes.filter((scope) => ofRole.has(scope)));
    const caller: Caller = { tenantId, role, permissions, mode: key.startsWith('tc_test_') ? 'test' : mode, actor: { type: 'api_key', id }, session: null };
    return { caller, expiresAt: expiresAt === null ? Infinity : Date.parse(expiresAt) };
  }

  /** Asked for many requests at once, so in the context of none of them. */
  private ask<C extends RpcContract>(contract: C, request: RequestInput<C>, requestId: string): Promise<ReplyOf<C>> {
    return runInContext(backgroundContext('', requestId), () => this.rpc.call(contract, request));
  }
}

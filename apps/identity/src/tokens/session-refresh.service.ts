import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Client } from '@tecnocursos/contracts';
import { LOGGER, SCHEMA, type Logger } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { TOKENS_CONFIG } from '../identity.tokens.js';
import { sha256 } from '../random-token.js';
import { PLATFORM, SecretVault, type Sealer } from '../vault/secret-vault.service.js';
import { SessionRepository, type RefreshRow } from './session.repository.js';
import { newRefreshToken, Sessions } from './sessions.service.js';
import type { SessionRow } from './token.tables.js';
import type { TokensConfig } from './tokens.config.js';

const placeOf = (tokenSha256: string) => ({ provider: 'refresh-token', field: tokenSha256 });
const tokenInvalid = (): AppError => new AppError('token_invalid', 'This refresh token is not valid, or its session has ended. Sign in again.');

type Outcome = { type: 'refreshed'; session: SessionRow; refreshToken: string } | { type: 'invalid' } | { type: 'reused'; session: SessionRow };

/** What a refresh reads of its surroundings. */
@Injectable()
export class RefreshContext {
  constructor(
    readonly clock: Clock,
    @Inject(TOKENS_CONFIG) readonly config: TokensConfig,
    @Inject(LOGGER) readonly logger: Logger,
  ) {}
}

/**
 * The rule of refresh tokens. A token works once; using it gives its successor. When a client shows a used token again
 *   - within the grace time, and its successor was not used: it gets the same successor. The answer was lost on its way, and a client
 *     that retries must not be signed out. Many tries at once get one successor as well.
 *   - otherwise: two parties hold one token, and nobody can tell which of them is the thief. The session ends for both.
 * A thief who is quicker than the grace time gets the successor, too; the first of the two who uses it makes the other's a reuse.
 */
@Injectable()
export class SessionRefresh {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly store: SessionRepository,
    private readonly sessions: Sessions,
    private readonly vault: SecretVault,
    private readonly audit: AuditRepository,
    private readonly context: RefreshContext,
  ) {}

  /** @throws AppError `token_invalid`. */
  async refresh(token: string, client: Client): Promise<{ session: SessionRow; refreshToken: string }> {
    const sealer = await this.vault.sealer(PLATFORM);
    const outcome = await this.db.transaction().execute((transaction) => this.refreshIn(transaction, token, client, sealer));
    if (outcome.type === 'refreshed') return outcome;
    if (outcome.type === 'reused') this.context.logger.warn({ session: outcome.session.id, account: outcome.session.account_id }, 'a refresh token was used twice; its session is ended');
    throw tokenInvalid();
  }

  private async refreshIn(transaction: IdentityTransaction, token: string, client: Client, sealer: Sealer): Promise<Outcome> {
    const found = await this.store.lockRefreshIn(transaction, sha256(token));
    if (!found || found.session.revoked_at !== null || found.session.expires_at <= this.context.clock.now()) return { type: 'invalid' };
    const { session } = found;
    if (found.token.used_at === null) return { type: 'refreshed', session: await this.touchIn(transaction, session, client), refreshToken: await this.rotateIn(transaction, found.token, sealer) };
    const successor = await this.lostSuccessorIn(transaction, found.token, sealer);
    if (successor !== null) return { type: 'refreshed', session, refreshToken: successor };
    await this.store.revokeIn(transaction, { accountId: session.account_id, sessionId: session.id }, 'refresh-token-reused');
    const entry = { actor: { type: 'account', id: session.account_id }, action: 'session.ended', target: `session:${session.id}`, data: { because: 'refresh-token-reused' }, client } as const;
    await this.audit.appendIn(transaction, session.tenant_id, entry);
    return { type: 'reused', session };
  }

  private async touchIn(transaction: IdentityTransaction, session: SessionRow, client: Client): Promise<SessionRow> {
    const changes = { expires_at: this.sessions.expiryOf(session.created_at), address: client.address, user_agent: client.user_agent };
    await this.store.touchIn(transaction, session.id, changes);
    return { ...session, ...changes };
  }

  private async rotateIn(transaction: IdentityTransaction, token: RefreshRow, sealer: Sealer): Promise<string> {
    const successor = newRefreshToken();
    await this.store.markUsedIn(transaction, token.token_sha256, { sha256: sha256(successor), sealed: sealer.seal(placeOf(token.token_sha256), successor) });
    await this.store.insertRefreshIn(transaction, token.session_id, sha256(successor));
    return successor;
  }

  private async lostSuccessorIn(transaction: IdentityTransaction, token: RefreshRow, sealer: Sealer): Promise<string | null> {
    const age = this.context.clock.now().getTime() - (token.used_at?.getTime() ?? 0);
    if (age > this.context.config.IDENTITY_REFRESH_GRACE_S * 1000 || token.successor_sealed === null || token.successor_sha256 === null) return null;
    if (await this.store.isUsedIn(transaction, token.successor_sha256)) return null;
    return sealer.open(placeOf(token.token_sha256), token.successor_sealed);
  }
}

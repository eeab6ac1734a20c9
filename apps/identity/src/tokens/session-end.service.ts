import { Injectable } from '@nestjs/common';
import type { Client } from '@tecnocursos/contracts';
import { AccountTrail } from '../audit/account-trail.service.js';
import type { IdentityTransaction } from '../identity.tables.js';
import { SessionRepository } from './session.repository.js';

export type SessionEndReason = 'signed-out' | 'revoked' | 'password-changed' | 'second-factor-changed' | 'refresh-token-reused' | 'suspended' | 'erased';

export interface SessionEnding {
  /** One session; all of the account when absent. */
  sessionId?: string;
  /** The one that stays. */
  except?: string;
  because: SessionEndReason;
  /** What happened, as the audit log calls it; `session.ended` when absent. */
  action?: string;
  client?: Client | undefined;
}

/** Ends sessions and tells the audit log, in one transaction with what was the reason. */
@Injectable()
export class SessionEnd {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly trail: AccountTrail,
  ) {}

  /** To be asked before the transaction. @returns what ends sessions in it, and answers how many. */
  async of(accountId: string): Promise<(transaction: IdentityTransaction, ending: SessionEnding) => Promise<number>> {
    const record = await this.trail.of(accountId);
    return async (transaction, { because, action = 'session.ended', client, ...which }) => {
      const ended = await this.sessions.revokeIn(transaction, { accountId, ...which }, because);
      if (ended.length > 0 || action !== 'session.ended') await record(transaction, { action, data: { because, sessions: ended }, client });
      return ended.length;
    };
  }
}

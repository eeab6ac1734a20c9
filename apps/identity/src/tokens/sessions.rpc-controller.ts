import { Controller, Inject } from '@nestjs/common';
import {
  checkSession, completeSignIn, listSessions, listSigningKeys, refreshSession, revokeOtherSessions, revokeSession, rotateSigningKeys, signIn, switchOrganization,
  type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { SignIn } from '../accounts/sign-in.service.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { SessionEnd } from './session-end.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { TokenIssue } from './token-issue.service.js';

@Controller()
export class SessionsRpcController {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly signIns: SignIn,
    private readonly issue: TokenIssue,
    private readonly sessionEnd: SessionEnd,
    private readonly keys: SigningKeys,
  ) {}

  @RpcHandler(signIn)
  signIn(request: RequestOf<typeof signIn>): Promise<ReplyInput<typeof signIn>> {
    return this.signIns.withPassword(request);
  }

  @RpcHandler(completeSignIn)
  complete(request: RequestOf<typeof completeSignIn>): Promise<ReplyInput<typeof completeSignIn>> {
    return this.signIns.complete(request);
  }

  @RpcHandler(refreshSession)
  async refresh({ refresh_token: token, client }: RequestOf<typeof refreshSession>): Promise<ReplyInput<typeof refreshSession>> {
    return { tokens: await this.issue.refresh(token, client) };
  }

  @RpcHandler(switchOrganization)
  switch(request: RequestOf<typeof switchOrganization>): Promise<ReplyInput<typeof switchOrganization>> {
    return this.issue.switch(request);
  }

  @RpcHandler(listSessions)
  async list({ account_id: id }: RequestOf<typeof listSessions>): Promise<ReplyInput<typeof listSessions>> {
    return { sessions: await this.issue.list(id) };
  }

  @RpcHandler(revokeSession)
  async revoke({ account_id: id, session_id: sessionId, client }: RequestOf<typeof revokeSession>): Promise<ReplyInput<typeof revokeSession>> {
    const end = await this.sessionEnd.of(id);
    const ended = await this.db.transaction().execute((transaction) => end(transaction, { sessionId, because: 'signed-out', client }));
    return { revoked: ended > 0 };
  }

  @RpcHandler(revokeOtherSessions)
  async revokeOthers({ account_id: id, session_id: except, client }: RequestOf<typeof revokeOtherSessions>): Promise<ReplyInput<typeof revokeOtherSessions>> {
    const end = await this.sessionEnd.of(id);
    return { revoked: await this.db.transaction().execute((transaction) => end(transaction, { except, because: 'revoked', client })) };
  }

  @RpcHandler(checkSession)
  check(request: RequestOf<typeof checkSession>): Promise<ReplyInput<typeof checkSession>> {
    return this.issue.check(request);
  }

  @RpcHandler(listSigningKeys)
  signingKeys(): Promise<ReplyInput<typeof listSigningKeys>> {
    return this.keys.list();
  }

  @RpcHandler(rotateSigningKeys)
  async rotate(): Promise<ReplyInput<typeof rotateSigningKeys>> {
    const { kid, signsFrom } = await this.keys.rotateNow();
    return { kid, signs_from: signsFrom.toISOString() };
  }
}

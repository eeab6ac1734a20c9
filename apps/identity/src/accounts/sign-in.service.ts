import { Injectable } from '@nestjs/common';
import { AppError, type completeSignIn, type ReplyInput, type RequestOf, type signIn, type SignInResult } from '@tecnocursos/contracts';
import { z } from 'zod';
import { TokenIssue } from '../tokens/token-issue.service.js';
import type { SessionRequest } from '../tokens/sessions.service.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.tables.js';
import { linkInvalid } from './email-verification.service.js';
import { OneTimeTokenRepository } from './one-time-token.repository.js';
import { PasswordCheck } from './password-check.service.js';
import { SecondFactorCheck } from './second-factor-check.service.js';

const CHALLENGE_MS = 300_000;
const CHALLENGE_TRIES = 5;
const ChallengeSchema = z.strictObject({ methods: z.array(z.string()), tenant_id: z.string().nullable() });

/** From the first factor to the tokens. */
@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwordCheck: PasswordCheck,
    private readonly secondFactor: SecondFactorCheck,
    private readonly tokens: OneTimeTokenRepository,
    private readonly issue: TokenIssue,
  ) {}

  /** @throws AppError `credentials_invalid`, `email_not_verified`, `rate_limited`, `forbidden`. */
  async withPassword(request: RequestOf<typeof signIn>): Promise<SignInResult> {
    const account = await this.passwordCheck.verify(request);
    if (account.email_verified_at === null) throw new AppError('email_not_verified', 'Confirm your address first: open the link in the mail, or ask for another one.');
    return this.afterFirstFactor(account, { accountId: account.id, tenantId: request.tenant_id, methods: ['pwd'], client: request.client });
  }

  /** Tokens, or the question for the second factor when the account has one. Login providers come here, too. */
  async afterFirstFactor(account: AccountRow, session: SessionRequest): Promise<SignInResult> {
    if (account.totp_confirmed_at === null) return { state: 'authenticated', tokens: await this.issue.open(session) };
    const payload: z.infer<typeof ChallengeSchema> = { methods: [...session.methods], tenant_id: session.tenantId ?? null };
    const { token, expiresAt } = await this.tokens.create({ kind: 'sign-in', accountId: account.id, lifeMs: CHALLENGE_MS, payload });
    return { state: 'second_factor_required', challenge: token, expires_at: expiresAt.toISOString() };
  }

  /** @throws AppError `link_invalid` for a challenge that is over, `credentials_invalid`, `rate_limited`. */
  async complete({ challenge, code, client }: RequestOf<typeof completeSignIn>): Promise<ReplyInput<typeof completeSignIn>> {
    const begun = await this.tokens.attempt('sign-in', challenge, CHALLENGE_TRIES);
    if (!begun?.accountId) throw new AppError('link_invalid', 'This sign-in is over. Begin again.');
    const account = await this.accounts.get(begun.accountId);
    const method = await this.secondFactor.verify(account, code);
    if (!(await this.tokens.consume('sign-in', challenge))) throw linkInvalid();
    const { methods, tenant_id: tenantId } = ChallengeSchema.parse(begun.payload);
    return { state: 'authenticated', tokens: await this.issue.open({ accountId: account.id, tenantId: tenantId ?? undefined, methods: [...methods, method], client }) };
  }
}

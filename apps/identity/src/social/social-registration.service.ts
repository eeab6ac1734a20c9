import { Injectable } from '@nestjs/common';
import type { linkSocialLogin, LoginProviderName, registerSocialLogin, ReplyInput, RequestOf } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { AccountRegistration } from '../accounts/account-registration.service.js';
import { AttemptLimiter } from '../accounts/attempt-limiter.service.js';
import { linkInvalid } from '../accounts/email-verification.service.js';
import { OneTimeTokenRepository } from '../accounts/one-time-token.repository.js';
import { TokenIssue } from '../tokens/token-issue.service.js';
import { IdentityLinking } from './identity-linking.service.js';
import { ArrivalSchema } from './social-arrival.service.js';

type Arrival = z.infer<typeof ArrivalSchema>;

/** The two ways on from a login that found no account: a new one, or a link to the one that is signed in. */
@Injectable()
export class SocialRegistration {
  constructor(
    private readonly tokens: OneTimeTokenRepository,
    private readonly registration: AccountRegistration,
    private readonly limiter: AttemptLimiter,
    private readonly linking: IdentityLinking,
    private readonly issue: TokenIssue,
  ) {}

  /** @throws AppError `link_invalid`; `conflict` when the address got an account meanwhile; `rate_limited`. */
  async register(request: RequestOf<typeof registerSocialLogin>): Promise<ReplyInput<typeof registerSocialLogin>> {
    await this.limiter.take([{ kind: 'sign-up-address', who: request.client.address }, { kind: 'mail', who: request.email }]);
    const arrival = await this.consume('social-registration', request.registration_token);
    const account = { email: request.email, name: request.name, language: request.language, organization: request.organization_name, passwordHash: null, link: linkOf(arrival) };
    if (!arrival.email_verified || arrival.email !== request.email) {
      await this.registration.register(account);
      return { state: 'verification_sent' };
    }
    const accountId = await this.registration.registerVerified(account, request.client);
    return { state: 'authenticated', tokens: await this.issue.open({ accountId, methods: [arrival.provider], client: request.client }) };
  }

  /** @throws AppError `link_invalid`; `conflict` when another account has the identity. */
  async link({ link_token: token, account_id: accountId, client }: RequestOf<typeof linkSocialLogin>): Promise<LoginProviderName> {
    const arrival = await this.consume('social-link', token);
    await this.linking.link({ accountId, ...linkOf(arrival) }, client);
    return arrival.provider;
  }

  private async consume(kind: 'social-link' | 'social-registration', token: string): Promise<Arrival> {
    const used = await this.tokens.consume(kind, token);
    if (!used) throw linkInvalid();
    return ArrivalSchema.parse(used.payload);
  }
}

const linkOf = ({ provider, issuer, subject, email, profile }: Arrival) => ({ provider, identity: { issuer, subject, email, profile } });

import { Injectable } from '@nestjs/common';
import { AppError, ImportedProfileSchema, LoginProviderSchema, type completeSocialLogin, type LoginProviderName, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { z } from 'zod';
import { AccountRepository } from '../accounts/account.repository.js';
import type { AccountRow } from '../accounts/account.tables.js';
import { OneTimeTokenRepository } from '../accounts/one-time-token.repository.js';
import { SignIn } from '../accounts/sign-in.service.js';
import { IdentityLinking } from './identity-linking.service.js';
import { LinkedIdentityRepository } from './linked-identity.repository.js';
import type { Arrived } from './profile-import.service.js';

const OFFER_MS = 900_000;

/** What a link or a registration begins with: who the provider said it is. */
export const ArrivalSchema = z.strictObject({
  provider: LoginProviderSchema, issuer: z.string(), subject: z.string(), email: z.string().nullable(), email_verified: z.boolean(), name: z.string().nullable(),
  profile: ImportedProfileSchema.nullable().default(null),
});

type Request = Pick<RequestOf<typeof completeSocialLogin>, 'client' | 'tenant_id'>;
type Reply = ReplyInput<typeof completeSocialLogin>;

/**
 * What becomes of somebody whom a provider has identified. Who is linked signs in. An address links by itself only when the provider
 * asserts that it is theirs and the account has confirmed it; otherwise its owner signs in and links, or registers anew.
 */
@Injectable()
export class SocialArrival {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: LinkedIdentityRepository,
    private readonly linking: IdentityLinking,
    private readonly tokens: OneTimeTokenRepository,
    private readonly signIn: SignIn,
  ) {}

  async arrive(provider: LoginProviderName, identity: Arrived, request: Request): Promise<Reply> {
    const link = await this.links.find(identity);
    if (link) {
      await this.links.touch(link.id, identity.profile);
      return this.enter(await this.accounts.get(link.account_id), provider, request);
    }
    const email = knownForm(identity.email);
    const account = email === null ? undefined : await this.accounts.findByEmail(email);
    if (!account || account.email_verified_at === null) return this.offerRegistration(provider, { ...identity, email });
    if (!identity.emailVerified) return this.offerLink(provider, { ...identity, email });
    await this.linking.link({ accountId: account.id, provider, identity }, request.client);
    return this.enter(account, provider, request);
  }

  private enter(account: AccountRow, provider: LoginProviderName, { client, tenant_id: tenantId }: Request): Promise<Reply> {
    if (account.email_verified_at === null) throw new AppError('email_not_verified', 'Confirm your address first: open the link in the mail, or ask for another one.');
    return this.signIn.afterFirstFactor(account, { accountId: account.id, tenantId, methods: [provider], client });
  }

  private async offerLink(provider: LoginProviderName, identity: Arrived): Promise<Reply> {
    const { token, expiresAt } = await this.tokens.create({ kind: 'social-link', accountId: null, lifeMs: OFFER_MS, payload: payloadOf(provider, identity) });
    return { state: 'link_needed', link_token: token, provider, expires_at: expiresAt.toISOString() };
  }

  private async offerRegistration(provider: LoginProviderName, identity: Arrived): Promise<Reply> {
    const { token, expiresAt } = await this.tokens.create({ kind: 'social-registration', accountId: null, lifeMs: OFFER_MS, payload: payloadOf(provider, identity) });
    return {
      state: 'registration_needed', registration_token: token, provider, email: identity.email, email_verified: identity.emailVerified, name: identity.name,
      expires_at: expiresAt.toISOString(),
    };
  }
}

/** Accounts are kept in lower case; what is no address is none. */
function knownForm(email: string | null): string | null {
  const parsed = z.email().safeParse(email?.trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}

const payloadOf = (provider: LoginProviderName, identity: Arrived): z.infer<typeof ArrivalSchema> => ({
  provider, issuer: identity.issuer, subject: identity.subject, email: identity.email, email_verified: identity.emailVerified, name: identity.name, profile: identity.profile,
});

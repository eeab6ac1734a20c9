import { Injectable } from '@nestjs/common';
import { AppError, LoginProviderSchema, type Client, type completeSocialLogin, type LoginProviderName, type ReplyInput, type RequestOf, type startSocialLogin } from '@tecnocursos/contracts';
import { z } from 'zod';
import { OneTimeTokenRepository } from '../accounts/one-time-token.repository.js';
import { newToken } from '../random-token.js';
import { ProfileImport, type Arrived } from './profile-import.service.js';
import { SocialArrival } from './social-arrival.service.js';
import { LoginProviders } from './login-providers.js';
import { RedirectUris } from './redirect-uris.js';
import { IdentityLinking } from './identity-linking.service.js';
import { linkInvalid } from '../accounts/email-verification.service.js';

/** The longest that a login may take (all vendors' codes are valid for ten minutes at most). */
const TRANSACTION_MS = 600_000;

const TransactionSchema = z.strictObject({
  provider: LoginProviderSchema, redirect_uri: z.string(), nonce: z.string(), code_verifier: z.string(), account_id: z.string().nullable(),
});

type StartReply = ReplyInput<typeof startSocialLogin>;
type CompleteReply = ReplyInput<typeof completeSocialLogin>;

/** Logins with providers: authorization code, PKCE where the vendor has it, state and nonce, each used once. */
@Injectable()
export class SocialLogin {
  constructor(
    private readonly providers: LoginProviders,
    private readonly tokens: OneTimeTokenRepository,
    private readonly redirectUris: RedirectUris,
    private readonly linking: IdentityLinking,
    private readonly arrival: SocialArrival,
    private readonly profiles: ProfileImport,
  ) {}

  /** @throws AppError `not_found` for a provider that is not set up, `forbidden` for a redirect URI that is not, `provider_unavailable`. */
  async start({ provider: id, redirect_uri: redirectUri, account_id: accountId }: RequestOf<typeof startSocialLogin>): Promise<StartReply> {
    const provider = this.providers.get(id);
    this.redirectUris.require(redirectUri);
    const [nonce, codeVerifier] = [newToken(), newToken()];
    const payload: z.infer<typeof TransactionSchema> = { provider: id, redirect_uri: redirectUri, nonce, code_verifier: codeVerifier, account_id: accountId ?? null };
    const { token: state, expiresAt } = await this.tokens.create({ kind: 'social-login', accountId: null, lifeMs: TRANSACTION_MS, payload });
    const url = await provider.authorizationUrl({ redirectUri, state, nonce, codeVerifier });
    return { authorization_url: url.href, state, expires_at: expiresAt.toISOString() };
  }

  /** @throws AppError `link_invalid` for a state that is unknown, used or too old; `login_refused`, `provider_unavailable`, `provider_failed`. */
  async complete(request: RequestOf<typeof completeSocialLogin>): Promise<CompleteReply> {
    const used = await this.tokens.consume('social-login', request.state);
    if (!used) throw linkInvalid();
    const begun = TransactionSchema.parse(used.payload);
    const callback = this.callbackOf(request.callback_url, begun.redirect_uri);
    const provider = this.providers.get(begun.provider);
    const transaction = { redirectUri: begun.redirect_uri, state: request.state, nonce: begun.nonce, codeVerifier: begun.code_verifier };
    const identity = await this.profiles.of(begun.provider, await provider.identify(callback, transaction));
    if (begun.account_id === null) return this.arrival.arrive(begun.provider, identity, request);
    return this.link(begun.provider, begun.account_id, request.account_id, { identity, client: request.client });
  }

  /** Whoever began to link must be who ends it: otherwise a stranger's identity could be slipped in by a link. */
  private async link(
    provider: LoginProviderName, beganAs: string, endsAs: string | undefined, { identity, client }: { identity: Arrived; client: Client },
  ): Promise<CompleteReply> {
    if (beganAs !== endsAs) throw new AppError('forbidden', 'Sign in with the account that began to link, and begin again.');
    await this.linking.link({ accountId: beganAs, provider, identity }, client);
    return { state: 'linked', provider };
  }

  private callbackOf(url: string, redirectUri: string): URL {
    const callback = new URL(url);
    if (`${callback.origin}${callback.pathname}` === redirectUri && callback.hash === '') return callback;
    throw new AppError('invalid_request', 'callback_url: is not below the redirect URI of this login', { issues: [{ field: 'callback_url', message: 'Pass the address on as the browser called it.' }] });
  }
}

import type { ImportedProfile, LoginProviderName } from '@tecnocursos/contracts';

/** What a login is bound to, from its start to its end. Kept sealed, and used once. */
export interface LoginTransaction {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who the provider says somebody is. */
export interface ExternalIdentity {
  /** With `subject`, what accounts are linked by. */
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  /** True only when the provider itself asserts that the address is this person's. */
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** What else the provider tells of the person, where its import is set up. @throws Error when it does not: nobody is kept out by that. */
  readonly readProfile?: () => Promise<ImportedProfile>;
}

/** A way to sign in elsewhere, by an authorization code. */
export interface LoginProvider {
  readonly id: LoginProviderName;
  /** As people know it. */
  readonly name: string;

  /** Where to send the browser. @throws AppError `provider_unavailable`. */
  authorizationUrl(transaction: LoginTransaction): Promise<URL>;

  /**
   * @param callback the redirect URI with the query that the browser came back with.
   * @throws AppError `login_refused` when the provider or the person refuses, `provider_unavailable`, `provider_failed` for an
   * answer that does not verify.
   */
  identify(callback: URL, transaction: LoginTransaction): Promise<ExternalIdentity>;
}

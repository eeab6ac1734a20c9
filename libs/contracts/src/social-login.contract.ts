import { z } from 'zod';
import { ClientSchema, lineOfText } from './access.js';
import { LanguageSchema, TenantIdSchema, TimestampSchema } from './common.js';
import { AccountIdSchema, EmailSchema, OneTimeTokenSchema, OrganizationNameSchema } from './identity.contract.js';
import { defineRpc } from './rpc.js';
import { AuthenticatedSchema, SecondFactorRequiredSchema } from './session.contract.js';

export const LOGIN_PROVIDERS = ['google', 'microsoft', 'linkedin', 'github', 'facebook'] as const;
export const LoginProviderSchema = z.enum(LOGIN_PROVIDERS);
export type LoginProviderName = z.infer<typeof LoginProviderSchema>;

export const listLoginProviders = defineRpc('identity.login-provider.list.v1', {
  summary: 'Login providers that are set up',
  request: z.strictObject({}),
  reply: z.object({ providers: z.array(z.object({ id: LoginProviderSchema, name: z.string() })) }),
  tenant: 'none',
});

/** The state lives ten minutes, and is the handle of the transaction: the edge binds it to the browser by a cookie. */
export const startSocialLogin = defineRpc('identity.social-login.start.v1', {
  summary: 'Begin a login with a provider: where to send the browser, and the state that must come back',
  request: z.strictObject({
    provider: LoginProviderSchema,
    redirect_uri: z.url().max(500).meta({ description: 'one of the configured ones, letter by letter' }),
    account_id: AccountIdSchema.optional().meta({ description: 'links the identity to this signed-in account in place of signing in' }),
    client: ClientSchema,
  }),
  reply: z.object({ authorization_url: z.url(), state: z.string(), expires_at: TimestampSchema }),
  tenant: 'none',
  errors: ['not_found', 'forbidden', 'provider_unavailable', 'rate_limited'],
});

/** An account with this address exists, and nothing proves that it is the same person: sign in to it, then link. */
export const LinkNeededSchema = z.object({ state: z.literal('link_needed'), link_token: z.string(), provider: LoginProviderSchema, expires_at: TimestampSchema });
/** Nobody is known by this identity. What the provider told is a proposal, to be confirmed in `registerSocialLogin`. */
export const RegistrationNeededSchema = z.object({
  state: z.literal('registration_needed'), registration_token: z.string(), provider: LoginProviderSchema,
  email: z.string().nullable(), email_verified: z.boolean(), name: z.string().nullable(), expires_at: TimestampSchema,
});
export const LinkedSchema = z.object({ state: z.literal('linked'), provider: LoginProviderSchema });

/** Takes what the provider sent to the redirect URI. @see startSocialLogin */
export const completeSocialLogin = defineRpc('identity.social-login.complete.v1', {
  summary: 'Complete a login with a provider',
  request: z.strictObject({
    state: OneTimeTokenSchema,
    callback_url: z.url().max(4096).meta({ description: 'the redirect URI with its query, as the browser called it' }),
    account_id: AccountIdSchema.optional().meta({ description: 'the signed-in account, when the login began as one that links' }),
    client: ClientSchema,
    tenant_id: TenantIdSchema.optional(),
  }),
  reply: z.discriminatedUnion('state', [AuthenticatedSchema, SecondFactorRequiredSchema, LinkNeededSchema, RegistrationNeededSchema, LinkedSchema]),
  timeoutMs: 20_000,
  tenant: 'none',
  errors: ['link_invalid', 'forbidden', 'email_not_verified', 'conflict', 'login_refused', 'provider_unavailable', 'provider_failed', 'rate_limited'],
});

export const registerSocialLogin = defineRpc('identity.social-login.register.v1', {
  summary: 'Make an account and an organization for an identity that nobody has; an address that the provider did not verify is confirmed by mail',
  request: z.strictObject({
    registration_token: OneTimeTokenSchema, email: EmailSchema, name: lineOfText(200), language: LanguageSchema.default('pt-BR'),
    organization_name: OrganizationNameSchema, client: ClientSchema,
  }),
  reply: z.discriminatedUnion('state', [AuthenticatedSchema, z.object({ state: z.literal('verification_sent') })]),
  tenant: 'none',
  errors: ['link_invalid', 'conflict', 'rate_limited'],
});

export const linkSocialLogin = defineRpc('identity.social-login.link.v1', {
  summary: 'Link the identity of a login that answered `link_needed` to the signed-in account',
  request: z.strictObject({ link_token: OneTimeTokenSchema, account_id: AccountIdSchema, client: ClientSchema }),
  reply: LinkedSchema,
  tenant: 'none',
  errors: ['link_invalid', 'conflict', 'not_found'],
});

/** An answer to somebody whose identity a provider had us forget; it tells its holder alone, and nothing of who it was. */
export const ConfirmationCodeSchema = z.string().regex(/^[0-9a-f]{32}-[0-9a-f]{32}$/, 'Use the code as it was given.');

/** @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback */
export const forgetFacebookIdentity = defineRpc('identity.facebook-identity.forget.v1', {
  summary: 'Unlink the identity whose holder asked Facebook for it; one that is not linked counts as forgotten',
  request: z.strictObject({ signed_request: z.string().min(1).max(4_096).meta({ description: '`<signature>.<payload>` in base64url, signed with the secret of the app' }) }),
  reply: z.object({ confirmation_code: ConfirmationCodeSchema }),
  tenant: 'none',
  errors: ['not_found'],
});

export const checkFacebookDeletion = defineRpc('identity.facebook-identity.check-forgotten.v1', {
  summary: 'Whether a confirmation code is one of ours: what it confirms was done before it was given',
  request: z.strictObject({ confirmation_code: ConfirmationCodeSchema }),
  reply: z.object({ confirmation_code: ConfirmationCodeSchema, state: z.literal('done') }),
  tenant: 'none',
  errors: ['not_found'],
});

const told = (length: number) => z.string().trim().min(1).max(length).nullable();
const page = z.url({ protocol: /^https$/ }).max(2_000);
/** What a provider told of a person beyond who it is; null what it did not tell. Imported only where it is set up. */
export const ImportedProfileSchema = z.object({
  given_name: told(100), family_name: told(100), job_title: told(200), locale: told(35).meta({ description: 'language tag (BCP 47)' }),
  picture_url: page.nullable(), page_url: page.nullable(),
  repositories: z.array(z.object({ name: z.string().max(200), url: page, private: z.boolean() })).max(100).nullable().meta({ description: 'the 100 pushed to last' }),
});
export type ImportedProfile = z.infer<typeof ImportedProfileSchema>;

export const LinkedIdentitySchema = z.object({
  id: z.uuid(), provider: LoginProviderSchema, email: z.string().nullable(), profile: ImportedProfileSchema.nullable(), linked_at: TimestampSchema, last_used_at: TimestampSchema.nullable(),
});
export type LinkedIdentity = z.infer<typeof LinkedIdentitySchema>;

export const listLinkedIdentities = defineRpc('identity.linked-identity.list.v1', {
  summary: 'Identities at login providers that the account can sign in with',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ identities: z.array(LinkedIdentitySchema) }),
  tenant: 'none',
});

export const unlinkIdentity = defineRpc('identity.linked-identity.remove.v1', {
  summary: 'Unlink an identity; an account keeps one way to sign in',
  request: z.strictObject({ account_id: AccountIdSchema, identity_id: z.uuid(), client: ClientSchema.optional() }),
  reply: z.object({ removed: z.boolean() }),
  tenant: 'none',
  errors: ['conflict', 'not_found'],
});

import { z } from 'zod';
import { ClientSchema, RoleSchema } from './access.js';
import { TenantIdSchema, TimestampSchema } from './common.js';
import { AccountIdSchema, EmailSchema, OneTimeTokenSchema, SecondFactorCodeSchema } from './identity.contract.js';
import { defineRpc } from './rpc.js';

/** `typ` of access tokens (RFC 9068) and the one algorithm that they are signed with. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const ACCESS_TOKEN_ALGORITHM = 'EdDSA';

/** Claims of an access token. `sub` is the account, `sid` the session. */
export const AccessTokenClaimsSchema = z.object({
  iss: z.string(), aud: z.union([z.string(), z.array(z.string())]), sub: AccountIdSchema, tenant: TenantIdSchema, role: RoleSchema, sid: z.uuid(),
  iat: z.int(), exp: z.int(), jti: z.string(),
});
export type AccessTokenClaims = z.infer<typeof AccessTokenClaimsSchema>;

/** Opaque; the prefix keeps it from being taken for another token. */
export const RefreshTokenSchema = z.string().regex(/^tcr_[A-Za-z0-9_-]{43}$/, 'Use the refresh token as it was given.');

export const TokensSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in_s: z.int().positive(),
  refresh_token: z.string(),
  refresh_expires_at: TimestampSchema,
  session_id: z.uuid(),
  account_id: AccountIdSchema,
  tenant_id: TenantIdSchema,
  role: RoleSchema,
});
export type Tokens = z.infer<typeof TokensSchema>;

export const AuthenticatedSchema = z.object({ state: z.literal('authenticated'), tokens: TokensSchema });
/** The first factor was right; `challenge` and a code complete the sign-in within five minutes. */
export const SecondFactorRequiredSchema = z.object({ state: z.literal('second_factor_required'), challenge: z.string(), expires_at: TimestampSchema });
export const SignInResultSchema = z.discriminatedUnion('state', [AuthenticatedSchema, SecondFactorRequiredSchema]);
export type SignInResult = z.infer<typeof SignInResultSchema>;

export const signIn = defineRpc('identity.session.create.v1', {
  summary: 'Sign in with e-mail and password',
  request: z.strictObject({
    email: EmailSchema, password: z.string().min(1).max(128), client: ClientSchema,
    tenant_id: TenantIdSchema.optional().meta({ description: 'organization to work in; the one used last when absent' }),
  }),
  reply: SignInResultSchema,
  tenant: 'none',
  errors: ['credentials_invalid', 'email_not_verified', 'forbidden', 'rate_limited'],
});

export const completeSignIn = defineRpc('identity.session.complete.v1', {
  summary: 'Complete a sign-in by the second factor: a code of the app, or a recovery code',
  request: z.strictObject({ challenge: OneTimeTokenSchema, code: SecondFactorCodeSchema, client: ClientSchema }),
  reply: AuthenticatedSchema,
  tenant: 'none',
  errors: ['link_invalid', 'credentials_invalid', 'forbidden', 'rate_limited'],
});

/**
 * A refresh token works once. The same token again within 30 s gives the same successor, as long as nobody used that: the
 * answer was lost on its way. Later, or after the successor was used, it counts as stolen, and the session ends.
 */
export const refreshSession = defineRpc('identity.session.refresh.v1', {
  summary: 'New tokens for a refresh token, which is used up by it',
  request: z.strictObject({ refresh_token: RefreshTokenSchema, client: ClientSchema }),
  reply: z.object({ tokens: TokensSchema }),
  tenant: 'none',
  errors: ['token_invalid', 'forbidden'],
});

export const switchOrganization = defineRpc('identity.session.switch.v1', {
  summary: 'Tokens of the same session for another organization of the account',
  request: z.strictObject({ account_id: AccountIdSchema, session_id: z.uuid(), tenant_id: TenantIdSchema }),
  reply: z.object({ access_token: z.string(), expires_in_s: z.int().positive(), tenant_id: TenantIdSchema, role: RoleSchema }),
  tenant: 'none',
  errors: ['token_invalid', 'forbidden'],
});

export const SessionSchema = z.object({
  id: z.uuid(),
  tenant_id: TenantIdSchema,
  created_at: TimestampSchema,
  last_used_at: TimestampSchema,
  expires_at: TimestampSchema,
  address: z.string(),
  user_agent: z.string(),
  methods: z.array(z.string()).meta({ description: '`pwd`, `otp` (RFC 8176), `recovery` or the name of a login provider' }),
});
export type Session = z.infer<typeof SessionSchema>;

export const listSessions = defineRpc('identity.session.list.v1', {
  summary: 'Open sessions of the account, the one used last first',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ sessions: z.array(SessionSchema) }),
  tenant: 'none',
});

export const revokeSession = defineRpc('identity.session.revoke.v1', {
  summary: 'End one session of the account: its refresh token stops working at once, its access token within ten minutes',
  request: z.strictObject({ account_id: AccountIdSchema, session_id: z.uuid(), client: ClientSchema.optional() }),
  reply: z.object({ revoked: z.boolean() }),
  tenant: 'none',
});

export const revokeOtherSessions = defineRpc('identity.session.revoke-others.v1', {
  summary: 'End every session of the account but this one',
  request: z.strictObject({ account_id: AccountIdSchema, session_id: z.uuid(), client: ClientSchema.optional() }),
  reply: z.object({ revoked: z.int().nonnegative() }),
  tenant: 'none',
});

/** For the edge, which asks it at most twice a minute for a session: signatures alone do not tell of an end. */
export const checkSession = defineRpc('identity.session.check.v1', {
  summary: 'Whether a session is open, and the role that its account has now in the organization',
  request: z.strictObject({ session_id: z.uuid(), account_id: AccountIdSchema, tenant_id: TenantIdSchema }),
  reply: z.discriminatedUnion('active', [z.object({ active: z.literal(true), role: RoleSchema }), z.object({ active: z.literal(false) })]),
  tenant: 'none',
});

/** A public key as in RFC 8037. */
export const PublicKeySchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string(), alg: z.literal(ACCESS_TOKEN_ALGORITHM), use: z.literal('sig') });

export const listSigningKeys = defineRpc('identity.signing-key.list.v1', {
  summary: 'The JWK set that access tokens are verified with, and how long it may be cached. The next key is in it before it signs',
  request: z.strictObject({}),
  reply: z.object({ keys: z.array(PublicKeySchema), max_age_s: z.int().positive(), issuer: z.string(), audience: z.string() }),
  tenant: 'none',
});

/** Not on REST. */
export const rotateSigningKeys = defineRpc('identity.signing-key.rotate.v1', {
  summary: 'Publish a new signing key now, ahead of the schedule; it signs after the cache time of the set',
  request: z.strictObject({}),
  reply: z.object({ kid: z.string(), signs_from: TimestampSchema }),
  tenant: 'none',
});

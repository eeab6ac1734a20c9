import { z } from 'zod';
import { ClientSchema, lineOfText } from './access.js';
import { LanguageSchema, TenantIdSchema, TimestampSchema } from './common.js';
import { defineRpc } from './rpc.js';

export const AccountIdSchema = z.uuid();
/** An address as people type it; accounts are found whatever its case. */
export const EmailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** Ten characters and more, of which nobody demands digits or signs (NIST SP 800-63B §5.1.1.2); common ones are refused. */
export const PasswordSchema = z.string().min(10, 'Use at least 10 characters.').max(128, 'Use at most 128 characters.');
/** 256 bits of randomness in base64url, from a link in a mail or a step of signing in. */
export const OneTimeTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'Use the token as it is in the link.');
const personName = lineOfText(200);

/** An organization is a tenant: what a person signs up for, or is invited to. */
export const OrganizationNameSchema = lineOfText(200);

export const AccountSchema = z.object({
  id: AccountIdSchema,
  email: z.email(),
  name: z.string(),
  language: LanguageSchema,
  email_verified: z.boolean(),
  has_password: z.boolean(),
  second_factor: z.enum(['none', 'totp']),
  recovery_codes_left: z.int().nonnegative(),
  created_at: TimestampSchema,
});
export type Account = z.infer<typeof AccountSchema>;

export const getTenant = defineRpc('identity.tenant.get.v1', {
  summary: 'The calling tenant: its name, and where its messages go',
  request: z.strictObject({}),
  reply: z.object({
    tenant: z.object({ id: TenantIdSchema, name: z.string(), owner_name: z.string(), owner_email: z.email(), language: LanguageSchema }),
  }),
  errors: ['not_found'],
});

/** Answers the same whether the address is known or not: the mail tells its owner. */
export const signUp = defineRpc('identity.account.create.v1', {
  summary: 'Sign up with e-mail and password; a mail asks for confirmation, which makes the organization',
  request: z.strictObject({
    email: EmailSchema, password: PasswordSchema, name: personName, language: LanguageSchema.default('pt-BR'),
    organization_name: OrganizationNameSchema, client: ClientSchema,
  }),
  reply: z.object({ state: z.literal('verification_sent') }),
  tenant: 'none',
  errors: ['rate_limited'],
});

export const verifyEmail = defineRpc('identity.email.verify.v1', {
  summary: "Confirm an address by its mail's token; works once",
  request: z.strictObject({ token: OneTimeTokenSchema, client: ClientSchema }),
  reply: z.object({ account_id: AccountIdSchema, tenant_id: TenantIdSchema.nullable().meta({ description: 'organization that the sign-up made' }) }),
  tenant: 'none',
  errors: ['link_invalid'],
});

/** Answers the same for unknown, confirmed and unconfirmed addresses. */
export const resendVerification = defineRpc('identity.email.resend.v1', {
  summary: 'Send the mail with the confirmation link again; earlier links stop working',
  request: z.strictObject({ email: EmailSchema, client: ClientSchema }),
  reply: z.object({ state: z.literal('sent_if_known') }),
  tenant: 'none',
  errors: ['rate_limited'],
});

/** Answers the same for known and unknown addresses. */
export const requestPasswordReset = defineRpc('identity.password.forget.v1', {
  summary: 'Send a mail with a link to choose a new password',
  request: z.strictObject({ email: EmailSchema, client: ClientSchema }),
  reply: z.object({ state: z.literal('sent_if_known') }),
  tenant: 'none',
  errors: ['rate_limited'],
});

export const resetPassword = defineRpc('identity.password.reset.v1', {
  summary: "Choose a new password by the mail's token. Every session ends; the second factor stays",
  request: z.strictObject({ token: OneTimeTokenSchema, password: PasswordSchema, client: ClientSchema }),
  reply: z.object({ account_id: AccountIdSchema }),
  tenant: 'none',
  errors: ['link_invalid'],
});

export const changePassword = defineRpc('identity.password.change.v1', {
  summary: 'Change the password of a signed-in account, or set the first one. Other sessions end',
  request: z.strictObject({
    account_id: AccountIdSchema, session_id: z.uuid(), current_password: z.string().max(128).optional(), password: PasswordSchema, client: ClientSchema,
  }),
  reply: z.object({ account: AccountSchema }),
  tenant: 'none',
  errors: ['not_found', 'credentials_invalid', 'rate_limited'],
});

export const getAccount = defineRpc('identity.account.get.v1', {
  summary: 'The signed-in account',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ account: AccountSchema }),
  tenant: 'none',
  errors: ['not_found'],
});

export const updateAccount = defineRpc('identity.account.update.v1', {
  summary: 'Correct the name or the language of the signed-in account',
  request: z.strictObject({ account_id: AccountIdSchema, name: personName.optional(), language: LanguageSchema.optional() }),
  reply: z.object({ account: AccountSchema }),
  tenant: 'none',
  errors: ['not_found'],
});

/** Six digits, or a recovery code in place of them. */
export const SecondFactorCodeSchema = z.string().trim().min(6).max(40);

export const startSecondFactor = defineRpc('identity.second-factor.start.v1', {
  summary: 'A secret for an authenticator app (TOTP, SHA-1, 6 digits, 30 s), which a first code must confirm',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ secret: z.string().meta({ description: 'base32' }), uri: z.string().meta({ description: 'otpauth://…, for a QR code' }) }),
  tenant: 'none',
  errors: ['not_found', 'conflict'],
});

export const confirmSecondFactor = defineRpc('identity.second-factor.confirm.v1', {
  summary: 'Turn the second factor on by a first code; recovery codes are shown this once',
  request: z.strictObject({ account_id: AccountIdSchema, code: SecondFactorCodeSchema, client: ClientSchema }),
  reply: z.object({ recovery_codes: z.array(z.string()) }),
  tenant: 'none',
  errors: ['not_found', 'conflict', 'credentials_invalid', 'rate_limited'],
});

export const removeSecondFactor = defineRpc('identity.second-factor.remove.v1', {
  summary: 'Turn the second factor off, by a code of it or a recovery code',
  request: z.strictObject({ account_id: AccountIdSchema, code: SecondFactorCodeSchema, client: ClientSchema }),
  reply: z.object({ account: AccountSchema }),
  tenant: 'none',
  errors: ['not_found', 'conflict', 'credentials_invalid', 'rate_limited'],
});

export const renewRecoveryCodes = defineRpc('identity.recovery-code.renew.v1', {
  summary: 'New recovery codes in place of the old ones, by a code of the second factor',
  request: z.strictObject({ account_id: AccountIdSchema, code: SecondFactorCodeSchema, client: ClientSchema }),
  reply: z.object({ recovery_codes: z.array(z.string()) }),
  tenant: 'none',
  errors: ['not_found', 'conflict', 'credentials_invalid', 'rate_limited'],
});

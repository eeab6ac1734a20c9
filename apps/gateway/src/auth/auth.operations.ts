import {
  AccountSchema, completeSignIn, PermissionSchema, PublicKeySchema, refreshSession, RoleSchema, requestPasswordReset, resendVerification, resetPassword, signIn, signUp, TenantIdSchema, verifyEmail,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

/** Who acts and from where is known to the edge, and not taken from a body. */
const client = { client: true } as const;
const open = { method: 'POST', tag: 'auth', access: 'public', exposure: 'sensitive' } as const;

export const signUpOperation = defineOperation({
  ...open, id: 'signUp', path: '/api/auth/sign-up',
  summary: signUp.summary,
  description: 'Answers the same whether the address is known or not: a mail tells its owner.',
  body: signUp.request.omit(client),
  requestExample: { email: 'ana@escola.example', password: 'uma frase longa e boa', name: 'Ana', organization_name: 'Escola da Ana' },
  success: { status: 202, description: 'A mail is on its way', schema: signUp.reply },
  errors: signUp.errors,
});

export const verifyEmailOperation = defineOperation({
  ...open, id: 'verifyEmail', path: '/api/auth/verify-email',
  summary: verifyEmail.summary,
  body: verifyEmail.request.omit(client),
  success: { status: 200, description: 'The address is confirmed', schema: verifyEmail.reply },
  errors: verifyEmail.errors,
});

export const resendVerificationOperation = defineOperation({
  ...open, id: 'resendVerification', path: '/api/auth/verify-email/resend',
  summary: resendVerification.summary,
  body: resendVerification.request.omit(client),
  success: { status: 202, description: 'A mail is on its way, if the address is known', schema: resendVerification.reply },
  errors: resendVerification.errors,
});

export const loginOperation = defineOperation({
  ...open, id: 'login', path: '/api/auth/login',
  summary: signIn.summary,
  description: 'Answers with tokens or, for an account with a second factor, with a challenge for POST /api/auth/login/second-factor.',
  body: signIn.request.omit(client),
  requestExample: { email: 'ana@escola.example', password: 'uma frase longa e boa' },
  success: { status: 200, description: 'Tokens, or the challenge of the second factor', schema: signIn.reply },
  errors: signIn.errors,
});

export const completeLoginOperation = defineOperation({
  ...open, id: 'completeLogin', path: '/api/auth/login/second-factor',
  summary: completeSignIn.summary,
  body: completeSignIn.request.omit(client),
  success: { status: 200, description: 'Tokens', schema: completeSignIn.reply },
  errors: completeSignIn.errors,
});

export const refreshOperation = defineOperation({
  ...open, id: 'refreshTokens', path: '/api/auth/refresh',
  summary: refreshSession.summary,
  description: 'A refresh token works once. Shown again after its successor was used, or late, it counts as stolen and ends the session.',
  body: refreshSession.request.omit(client),
  success: { status: 200, description: 'New tokens', schema: refreshSession.reply },
  errors: refreshSession.errors,
});

export const forgotPasswordOperation = defineOperation({
  ...open, id: 'forgotPassword', path: '/api/auth/password/forgot',
  summary: requestPasswordReset.summary,
  body: requestPasswordReset.request.omit(client),
  success: { status: 202, description: 'A mail is on its way, if the address is known', schema: requestPasswordReset.reply },
  errors: requestPasswordReset.errors,
});

export const resetPasswordOperation = defineOperation({
  ...open, id: 'resetPassword', path: '/api/auth/password/reset',
  summary: resetPassword.summary,
  body: resetPassword.request.omit(client),
  success: { status: 200, description: 'The password is changed', schema: resetPassword.reply },
  errors: resetPassword.errors,
});

export const jwksOperation = defineOperation({
  id: 'getJwks', method: 'GET', path: '/.well-known/jwks.json', tag: 'auth', access: 'public',
  summary: 'The public keys that access tokens are verified with (RFC 7517)',
  success: { status: 200, description: 'The key set', schema: z.object({ keys: z.array(PublicKeySchema) }), headers: { 'cache-control': 'how long it may be kept: a new key is published before it signs' } },
});

export const CurrentSchema = z.object({
  account: AccountSchema, session_id: z.uuid(), tenant_id: TenantIdSchema, role: RoleSchema, permissions: z.array(PermissionSchema),
});

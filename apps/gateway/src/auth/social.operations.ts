import { checkFacebookDeletion, completeSocialLogin, forgetFacebookIdentity, listLoginProviders, LoginProviderSchema, OneTimeTokenSchema, registerSocialLogin, startSocialLogin } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const open = { tag: 'auth', access: 'public', exposure: 'sensitive' } as const;
const completed = { status: 200, description: 'Tokens, a challenge of the second factor, or what is needed to register or to link', schema: completeSocialLogin.reply } as const;

export const listLoginProvidersOperation = defineOperation({
  id: 'listLoginProviders', method: 'GET', path: '/api/auth/social/providers', tag: 'auth', access: 'public',
  summary: listLoginProviders.summary,
  success: { status: 200, description: 'The providers', schema: listLoginProviders.reply },
});

export const startSocialLoginOperation = defineOperation({
  ...open, id: 'startSocialLogin', method: 'POST', path: '/api/auth/social/{provider}/start',
  summary: startSocialLogin.summary,
  description: 'The answer sets a cookie of ten minutes, which binds the login to this browser: without it the callback is refused, so that nobody can be signed in to somebody else’s account.',
  params: z.strictObject({ provider: LoginProviderSchema }),
  body: startSocialLogin.request.pick({ redirect_uri: true }),
  requestExample: { redirect_uri: 'https://school.example/api/auth/social/callback' },
  success: { status: 200, description: 'Where to send the browser', schema: startSocialLogin.reply, headers: { 'set-cookie': 'binds the login to the browser' } },
  errors: startSocialLogin.errors,
});

export const socialCallbackOperation = defineOperation({
  ...open, id: 'socialCallback', method: 'GET', path: '/api/auth/social/callback',
  summary: 'Where providers send browsers back to; completes the login',
  query: z.looseObject({ state: OneTimeTokenSchema }),
  success: completed, errors: completeSocialLogin.errors,
  deadlineMs: completeSocialLogin.timeoutMs,
});

export const completeSocialLoginOperation = defineOperation({
  ...open, id: 'completeSocialLogin', method: 'POST', path: '/api/auth/social/complete',
  summary: 'Complete the login, for pages that are the redirect URI themselves',
  body: completeSocialLogin.request.pick({ state: true, callback_url: true, tenant_id: true }),
  success: completed, errors: completeSocialLogin.errors,
  deadlineMs: completeSocialLogin.timeoutMs,
});

export const registerSocialLoginOperation = defineOperation({
  ...open, id: 'registerSocialLogin', method: 'POST', path: '/api/auth/social/register',
  summary: registerSocialLogin.summary,
  body: registerSocialLogin.request.omit({ client: true }),
  success: { status: 200, description: 'Tokens, or word of a mail that confirms the address', schema: registerSocialLogin.reply },
  errors: registerSocialLogin.errors,
});

export const facebookDeletionOperation = defineOperation({
  tag: 'auth', access: 'public', id: 'requestFacebookDeletion', method: 'POST', path: '/api/auth/social/facebook/data-deletion',
  summary: 'Facebook’s data deletion callback: unlinks the identity of whoever asked there to be forgotten',
  description: 'Give this address to the app at Facebook. The account itself, and all that belongs to it, is deleted by its holder (`POST /api/privacy/jobs`).',
  body: forgetFacebookIdentity.request, urlEncoded: true,
  requestExample: { signed_request: 'c2lnbmF0dXJl.cGF5bG9hZA' },
  success: {
    status: 200, description: 'Where its outcome can be read, and the code of it',
    schema: forgetFacebookIdentity.reply.extend({ url: z.url() }),
  },
  errors: forgetFacebookIdentity.errors,
});

export const facebookDeletionStatusOperation = defineOperation({
  tag: 'auth', access: 'public', id: 'getFacebookDeletion', method: 'GET', path: '/api/auth/social/facebook/data-deletion/{confirmation_code}',
  summary: checkFacebookDeletion.summary,
  params: checkFacebookDeletion.request,
  success: { status: 200, description: 'It was done', schema: checkFacebookDeletion.reply },
  errors: checkFacebookDeletion.errors,
});

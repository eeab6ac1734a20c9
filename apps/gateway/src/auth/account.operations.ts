import {
  changePassword, completeSocialLogin, confirmSecondFactor, linkSocialLogin, listLinkedIdentities, listSessions, removeSecondFactor, renewRecoveryCodes, revokeOtherSessions, revokeSession, startSecondFactor, startSocialLogin,
  switchOrganization, unlinkIdentity, updateAccount, AccountSchema, LoginProviderSchema,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { CurrentSchema } from './auth.operations.js';

const own = { tag: 'account', access: 'account' } as const;
const account = { status: 200, description: 'The account', schema: AccountSchema } as const;

export const getMeOperation = defineOperation({
  ...own, id: 'getMe', method: 'GET', path: '/api/auth/me',
  summary: 'The signed-in account, the organization it works in, and what it may there',
  success: { status: 200, description: 'Account, role and permissions', schema: CurrentSchema },
  errors: ['not_found'],
});

export const updateMeOperation = defineOperation({
  ...own, id: 'updateMe', method: 'PUT', path: '/api/auth/me',
  summary: updateAccount.summary,
  body: updateAccount.request.omit({ account_id: true }),
  success: account, errors: updateAccount.errors,
});

export const changePasswordOperation = defineOperation({
  ...own, id: 'changePassword', method: 'PUT', path: '/api/auth/password', exposure: 'sensitive',
  summary: changePassword.summary,
  body: changePassword.request.omit({ account_id: true, session_id: true, client: true }),
  success: account, errors: changePassword.errors,
});

export const logoutOperation = defineOperation({
  ...own, id: 'logout', method: 'POST', path: '/api/auth/logout',
  summary: 'End this session: its tokens stop working',
  success: { status: 200, description: 'Whether it was open', schema: revokeSession.reply },
});

export const listSessionsOperation = defineOperation({
  ...own, id: 'listSessions', method: 'GET', path: '/api/auth/sessions',
  summary: listSessions.summary,
  success: { status: 200, description: 'The sessions', schema: listSessions.reply },
});

export const revokeSessionOperation = defineOperation({
  ...own, id: 'revokeSession', method: 'DELETE', path: '/api/auth/sessions/{session_id}',
  summary: revokeSession.summary,
  params: z.strictObject({ session_id: z.uuid() }),
  success: { status: 200, description: 'Whether it was open', schema: revokeSession.reply },
});

export const revokeOtherSessionsOperation = defineOperation({
  ...own, id: 'revokeOtherSessions', method: 'DELETE', path: '/api/auth/sessions',
  summary: revokeOtherSessions.summary,
  success: { status: 200, description: 'How many ended', schema: revokeOtherSessions.reply },
});

export const switchOrganizationOperation = defineOperation({
  ...own, id: 'switchOrganization', method: 'POST', path: '/api/auth/switch-organization',
  summary: switchOrganization.summary,
  body: switchOrganization.request.pick({ tenant_id: true }),
  success: { status: 200, description: 'A token for the other organization', schema: switchOrganization.reply },
  errors: switchOrganization.errors,
});

export const startSecondFactorOperation = defineOperation({
  ...own, id: 'startSecondFactor', method: 'POST', path: '/api/auth/second-factor/start',
  summary: startSecondFactor.summary,
  success: { status: 200, description: 'The secret, shown this once', schema: startSecondFactor.reply },
  errors: startSecondFactor.errors,
});

const byCode = { ...own, method: 'POST', exposure: 'sensitive', body: confirmSecondFactor.request.pick({ code: true }) } as const;

export const confirmSecondFactorOperation = defineOperation({
  ...byCode, id: 'confirmSecondFactor', path: '/api/auth/second-factor/confirm',
  summary: confirmSecondFactor.summary,
  success: { status: 200, description: 'The recovery codes, shown this once', schema: confirmSecondFactor.reply },
  errors: confirmSecondFactor.errors,
});

export const removeSecondFactorOperation = defineOperation({
  ...byCode, id: 'removeSecondFactor', path: '/api/auth/second-factor/remove',
  summary: removeSecondFactor.summary, success: account, errors: removeSecondFactor.errors,
});

export const renewRecoveryCodesOperation = defineOperation({
  ...byCode, id: 'renewRecoveryCodes', path: '/api/auth/second-factor/recovery-codes',
  summary: renewRecoveryCodes.summary,
  success: { status: 200, description: 'The recovery codes, shown this once', schema: renewRecoveryCodes.reply },
  errors: renewRecoveryCodes.errors,
});

export const listIdentitiesOperation = defineOperation({
  ...own, id: 'listLinkedIdentities', method: 'GET', path: '/api/auth/identities',
  summary: listLinkedIdentities.summary,
  success: { status: 200, description: 'The identities', schema: listLinkedIdentities.reply },
});

export const startLinkingOperation = defineOperation({
  ...own, id: 'startLinking', method: 'POST', path: '/api/auth/identities/{provider}/start',
  summary: 'Begin to link a login provider to the signed-in account',
  params: z.strictObject({ provider: LoginProviderSchema }),
  body: startSocialLogin.request.pick({ redirect_uri: true }),
  success: { status: 200, description: 'Where to send the browser', schema: startSocialLogin.reply },
  errors: startSocialLogin.errors,
});

export const completeLinkingOperation = defineOperation({
  ...own, id: 'completeLinking', method: 'POST', path: '/api/auth/identities/complete', exposure: 'sensitive',
  summary: 'Complete the linking with what the provider sent to the redirect URI',
  body: completeSocialLogin.request.pick({ state: true, callback_url: true }),
  success: { status: 200, description: 'The identity is linked', schema: completeSocialLogin.reply },
  errors: completeSocialLogin.errors,
});

export const linkIdentityOperation = defineOperation({
  ...own, id: 'linkIdentity', method: 'POST', path: '/api/auth/identities/link', exposure: 'sensitive',
  summary: linkSocialLogin.summary,
  body: linkSocialLogin.request.pick({ link_token: true }),
  success: { status: 200, description: 'The identity is linked', schema: linkSocialLogin.reply },
  errors: linkSocialLogin.errors,
});

export const unlinkIdentityOperation = defineOperation({
  ...own, id: 'unlinkIdentity', method: 'DELETE', path: '/api/auth/identities/{identity_id}',
  summary: unlinkIdentity.summary,
  params: z.strictObject({ identity_id: z.uuid() }),
  success: { status: 200, description: 'Whether it was linked', schema: unlinkIdentity.reply },
  errors: unlinkIdentity.errors,
});

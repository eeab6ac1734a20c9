import {
  acceptInvitation, AccountIdSchema, createInvitation, createOrganization, InvitationSchema, listInvitations, listMembers, listOrganizations, MemberSchema, OrganizationSchema, previewInvitation, removeMember,
  revokeInvitation, TenantIdSchema, updateMember, updateOrganization,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const tag = 'organizations';
const by = { actor: true, client: true } as const;
const one = '/api/organizations/{organization_id}';
const inOne = { organization_id: TenantIdSchema };
const params = z.strictObject(inOne);
const memberParams = z.strictObject({ ...inOne, account_id: AccountIdSchema });
const organization = { status: 200, description: 'The organization', schema: OrganizationSchema } as const;

export const listOrganizationsOperation = defineOperation({
  id: 'listOrganizations', method: 'GET', path: '/api/organizations', tag, access: 'account',
  summary: listOrganizations.summary,
  success: { status: 200, description: 'The organizations', schema: listOrganizations.reply },
});

export const createOrganizationOperation = defineOperation({
  id: 'createOrganization', method: 'POST', path: '/api/organizations', tag, access: 'account',
  summary: createOrganization.summary,
  body: createOrganization.request.omit({ account_id: true, client: true }),
  requestExample: { name: 'Escola da Ana' },
  success: organization, errors: createOrganization.errors,
});

export const getOrganizationOperation = defineOperation({
  id: 'getOrganization', method: 'GET', path: one, tag, permission: 'organization:read',
  summary: 'The organization that the caller works in; any other is not found',
  params, success: organization, errors: ['not_found'],
});

export const updateOrganizationOperation = defineOperation({
  id: 'updateOrganization', method: 'PUT', path: one, tag, permission: 'organization:manage',
  summary: updateOrganization.summary,
  params, body: updateOrganization.request.omit(by), success: organization, errors: ['not_found'],
});

export const listMembersOperation = defineOperation({
  id: 'listMembers', method: 'GET', path: `${one}/members`, tag, permission: 'members:read',
  summary: listMembers.summary,
  params, query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(100), after: AccountIdSchema.optional() }),
  success: { status: 200, description: 'A page of members', schema: listMembers.reply }, errors: ['not_found'],
});

export const updateMemberOperation = defineOperation({
  id: 'updateMember', method: 'PUT', path: `${one}/members/{account_id}`, tag, permission: 'members:manage',
  summary: updateMember.summary,
  params: memberParams, body: updateMember.request.omit({ ...by, account_id: true }),
  success: { status: 200, description: 'The member', schema: MemberSchema }, errors: updateMember.errors,
});

export const removeMemberOperation = defineOperation({
  id: 'removeMember', method: 'DELETE', path: `${one}/members/{account_id}`, tag, permission: 'members:manage',
  summary: removeMember.summary,
  params: memberParams,
  success: { status: 200, description: 'Whether there was one', schema: removeMember.reply }, errors: ['not_found', ...removeMember.errors],
});

export const listInvitationsOperation = defineOperation({
  id: 'listInvitations', method: 'GET', path: `${one}/invitations`, tag, permission: 'members:manage',
  summary: listInvitations.summary,
  params, success: { status: 200, description: 'The invitations', schema: listInvitations.reply }, errors: ['not_found'],
});

export const createInvitationOperation = defineOperation({
  id: 'createInvitation', method: 'POST', path: `${one}/invitations`, tag, permission: 'members:manage',
  summary: createInvitation.summary,
  params, body: createInvitation.request.omit(by),
  requestExample: { email: 'bia@escola.example', role: 'editor' },
  success: { status: 200, description: 'The invitation', schema: InvitationSchema }, errors: ['not_found', ...createInvitation.errors],
});

export const revokeInvitationOperation = defineOperation({
  id: 'revokeInvitation', method: 'DELETE', path: `${one}/invitations/{invitation_id}`, tag, permission: 'members:manage',
  summary: revokeInvitation.summary,
  params: z.strictObject({ ...inOne, invitation_id: z.uuid() }),
  success: { status: 200, description: 'Whether it was open', schema: revokeInvitation.reply }, errors: ['not_found', ...revokeInvitation.errors],
});

const open = { method: 'POST', tag, access: 'public', exposure: 'sensitive' } as const;

/** The token is in a body and not in a path: paths are logged. */
export const previewInvitationOperation = defineOperation({
  ...open, id: 'previewInvitation', path: '/api/auth/invitations/preview',
  summary: previewInvitation.summary,
  body: previewInvitation.request,
  success: { status: 200, description: 'What it is for', schema: previewInvitation.reply }, errors: previewInvitation.errors,
});

const joined = { status: 200, description: 'Where one is a member now', schema: acceptInvitation.reply } as const;

export const registerByInvitationOperation = defineOperation({
  ...open, id: 'registerByInvitation', path: '/api/auth/invitations/register',
  summary: 'Join by an invitation with a new account for the invited address',
  body: z.strictObject({ token: acceptInvitation.request.shape.token, registration: acceptInvitation.request.shape.registration.unwrap() }),
  success: joined, errors: acceptInvitation.errors,
});

export const acceptInvitationOperation = defineOperation({
  id: 'acceptInvitation', method: 'POST', path: '/api/auth/invitations/accept', tag, access: 'account', exposure: 'sensitive',
  summary: 'Join by an invitation as the signed-in account',
  body: previewInvitation.request,
  success: joined, errors: acceptInvitation.errors,
});

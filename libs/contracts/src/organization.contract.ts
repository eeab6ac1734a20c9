import { z } from 'zod';
import { ActorSchema, ClientSchema, lineOfText, RoleSchema } from './access.js';
import { LanguageSchema, TenantIdSchema, TimestampSchema } from './common.js';
import { AccountIdSchema, EmailSchema, OneTimeTokenSchema, OrganizationNameSchema, PasswordSchema } from './identity.contract.js';
import { defineRpc } from './rpc.js';

const by = { actor: ActorSchema, client: ClientSchema.optional() };

export const OrganizationSchema = z.object({
  id: TenantIdSchema, name: z.string(), language: LanguageSchema, owner_name: z.string(), owner_email: z.email(), created_at: TimestampSchema,
});
export type Organization = z.infer<typeof OrganizationSchema>;

/** The organization is the tenant of the call. */
export const getOrganization = defineRpc('identity.organization.get.v1', {
  summary: 'The calling organization',
  request: z.strictObject({}),
  reply: z.object({ organization: OrganizationSchema }),
  errors: ['not_found'],
});

export const updateOrganization = defineRpc('identity.organization.update.v1', {
  summary: 'Change the name, the language or the address for messages',
  request: z.strictObject({
    ...by, name: OrganizationNameSchema.optional(), language: LanguageSchema.optional(),
    owner_name: lineOfText(200).optional(), owner_email: EmailSchema.optional(),
  }),
  reply: z.object({ organization: OrganizationSchema }),
  errors: ['not_found'],
});

export const createOrganization = defineRpc('identity.organization.create.v1', {
  summary: 'A further organization, owned by the signed-in account',
  request: z.strictObject({ account_id: AccountIdSchema, name: OrganizationNameSchema, language: LanguageSchema.default('pt-BR'), client: ClientSchema.optional() }),
  reply: z.object({ organization: OrganizationSchema }),
  tenant: 'none',
  errors: ['not_found', 'email_not_verified'],
});

export const listOrganizations = defineRpc('identity.organization.list.v1', {
  summary: 'Organizations that the account is a member of, with its role in each',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ organizations: z.array(z.object({ id: TenantIdSchema, name: z.string(), role: RoleSchema, suspended: z.boolean() })) }),
  tenant: 'none',
});

export const MemberSchema = z.object({
  account_id: AccountIdSchema, email: z.email(), name: z.string(), role: RoleSchema, suspended: z.boolean(), second_factor: z.enum(['none', 'totp']), joined_at: TimestampSchema,
});
export type Member = z.infer<typeof MemberSchema>;

export const listMembers = defineRpc('identity.member.list.v1', {
  summary: 'Members of the organization, the first to join first',
  request: z.strictObject({ limit: z.int().min(1).max(100).default(100), after: AccountIdSchema.optional() }),
  reply: z.object({ members: z.array(MemberSchema), has_more: z.boolean() }),
});

export const updateMember = defineRpc('identity.member.update.v1', {
  summary: 'Change the role of a member, or suspend them; an organization keeps an owner who is not suspended',
  request: z.strictObject({ ...by, account_id: AccountIdSchema, role: RoleSchema.optional(), suspended: z.boolean().optional() }),
  reply: z.object({ member: MemberSchema }),
  errors: ['not_found', 'forbidden', 'conflict'],
});

export const removeMember = defineRpc('identity.member.remove.v1', {
  summary: 'Take a member out of the organization, or leave it; an organization keeps an owner',
  request: z.strictObject({ ...by, account_id: AccountIdSchema }),
  reply: z.object({ removed: z.boolean() }),
  errors: ['forbidden', 'conflict'],
});

export const InvitationSchema = z.object({ id: z.uuid(), email: z.email(), role: RoleSchema, created_at: TimestampSchema, expires_at: TimestampSchema });
export type Invitation = z.infer<typeof InvitationSchema>;

export const createInvitation = defineRpc('identity.invitation.create.v1', {
  summary: 'Invite an address by mail; a second invitation takes the place of the first',
  request: z.strictObject({ ...by, email: EmailSchema, role: RoleSchema, language: LanguageSchema.optional() }),
  reply: z.object({ invitation: InvitationSchema }),
  errors: ['forbidden', 'conflict', 'rate_limited'],
});

export const listInvitations = defineRpc('identity.invitation.list.v1', {
  summary: 'Invitations that are open, newest first',
  request: z.strictObject({}),
  reply: z.object({ invitations: z.array(InvitationSchema) }),
});

export const revokeInvitation = defineRpc('identity.invitation.revoke.v1', {
  summary: 'Take an invitation back: its link stops working',
  request: z.strictObject({ ...by, invitation_id: z.uuid() }),
  reply: z.object({ revoked: z.boolean() }),
  errors: ['forbidden'],
});

export const previewInvitation = defineRpc('identity.invitation.preview.v1', {
  summary: 'What an invitation is for: shown before it is accepted',
  request: z.strictObject({ token: OneTimeTokenSchema }),
  reply: z.object({ organization_name: z.string(), email: z.email(), role: RoleSchema, has_account: z.boolean() }),
  tenant: 'none',
  errors: ['link_invalid'],
});

/** Who has the link reads the mail of its address: an account that is made here is confirmed. */
export const acceptInvitation = defineRpc('identity.invitation.accept.v1', {
  summary: 'Join by an invitation: as the signed-in account, or with a new one for the invited address',
  request: z.strictObject({
    token: OneTimeTokenSchema,
    account_id: AccountIdSchema.optional(),
    registration: z.strictObject({ name: lineOfText(200), password: PasswordSchema, language: LanguageSchema.default('pt-BR') }).optional(),
    client: ClientSchema,
  }),
  reply: z.object({ account_id: AccountIdSchema, tenant_id: TenantIdSchema, role: RoleSchema }),
  tenant: 'none',
  errors: ['link_invalid', 'forbidden', 'conflict'],
});

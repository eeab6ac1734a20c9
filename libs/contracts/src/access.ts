import { z } from 'zod';

/** A line of text: control characters are refused, NUL among them, which no database column takes. */
export const lineOfText = (maxLength: number) => z.string().trim().min(1).max(maxLength).regex(/^\P{Cc}*$/u, 'Remove control characters.');

/** What a member of an organization is. Each role may do what the one after it may, and more. */
export const ROLES = ['owner', 'admin', 'editor', 'viewer'] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

/** Everything that may be allowed or not: a route requires one of these, and what requires none is refused. */
export const PERMISSIONS = [
  'courses:read', 'courses:write', 'courses:delete', 'files:read', 'files:write', 'media:generate',
  'billing:read', 'billing:manage', 'usage:read', 'budgets:manage', 'messages:read', 'messages:send', 'certificates:read', 'certificates:manage',
  'integrations:read', 'integrations:manage', 'webhooks:read', 'webhooks:manage', 'sandbox:manage',
  'organization:read', 'organization:manage', 'organization:delete', 'members:read', 'members:manage',
  'api-keys:read', 'api-keys:manage', 'credentials:read', 'credentials:manage', 'audit:read', 'privacy:read', 'privacy:manage',
] as const;
export const PermissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof PermissionSchema>;

const VIEWER: readonly Permission[] = ['courses:read', 'files:read', 'certificates:read', 'organization:read', 'members:read'];
const EDITOR: readonly Permission[] = [
  ...VIEWER, 'courses:write', 'courses:delete', 'files:write', 'media:generate', 'usage:read', 'messages:read', 'messages:send', 'certificates:manage', 'integrations:read',
];
/** Money, and the end of the organization, stay with its owners. */
const OWNERS_ALONE: readonly Permission[] = ['organization:delete', 'billing:manage'];

/** The role table. A permission that is not in a role's row is refused. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((permission) => !OWNERS_ALONE.includes(permission)),
  editor: EDITOR,
  viewer: VIEWER,
};

/** Whether `role` may give or take `other`: nobody makes anybody more than they are themselves. */
export const outranks = (role: Role, other: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(other);

/** Who acts. Services take it from the authenticated request and never from its body. */
export const ActorSchema = z.strictObject({
  type: z.enum(['account', 'api_key', 'service']),
  id: lineOfText(100).meta({ description: 'id of the account or of the API key, or name of the service' }),
});
export type Actor = z.infer<typeof ActorSchema>;

/** Where a request came from. Personal data: kept for sessions and audit, and erased with the person. */
export const ClientSchema = z.strictObject({
  address: lineOfText(64).meta({ description: 'IP address as the edge saw it' }),
  user_agent: z.string().max(400).regex(/^\P{Cc}*$/u).default(''),
});
export type Client = z.infer<typeof ClientSchema>;

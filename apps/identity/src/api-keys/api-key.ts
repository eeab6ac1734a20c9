import { ROLE_PERMISSIONS, type ApiKeyMode, type Permission, type Role } from '@tecnocursos/contracts';
import { newToken } from '../random-token.js';

export { sha256 as apiKeySha256 } from '../random-token.js';

export const newApiKey = (mode: ApiKeyMode = 'live'): string => `tc_${mode}_${newToken()}`;
/** Keys from before there were modes have none in their prefix, and are live. */
export const apiKeyMode = (key: string): ApiKeyMode => (/^tc_test_.{43}$/.test(key) ? 'test' : 'live');
export const apiKeyHint = (key: string): string => key.slice(-4);

/** What a key may: what it was given of what its role may now. @param scopes JSON array; null for all of the role. */
export function permissionsOfKey({ role, scopes }: { role: Role; scopes: string | null }): readonly Permission[] {
  if (scopes === null) return ROLE_PERMISSIONS[role];
  const given = new Set(JSON.parse(scopes) as string[]);
  return ROLE_PERMISSIONS[role].filter((permission) => given.has(permission));
}

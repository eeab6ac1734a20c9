import { AppError, ObjectKeySchema, TenantIdSchema } from '@tecnocursos/contracts';
import { covers, readCapability, type ReadCapability, type WriteCapability } from '../links/link-token.js';
import type { ObjectAddress } from '../ports/object-store.port.js';

const PREFIX = '/files/';

/**
 * What a URL's path opens for a method. The path is taken as it came: keys need no percent-encoding, so a path that has any
 * is not one of ours.
 * @throws AppError `link_invalid` whenever the link does not grant exactly this.
 */
export function openLink(url: string, mode: 'read', signingKey: Buffer, nowS: number): { address: ObjectAddress; grant: ReadCapability };
export function openLink(url: string, mode: 'write', signingKey: Buffer, nowS: number): { address: ObjectAddress; grant: WriteCapability };
export function openLink(url: string, mode: 'read' | 'write', signingKey: Buffer, nowS: number): { address: ObjectAddress; grant: ReadCapability | WriteCapability } {
  const [path = ''] = url.split('?');
  const [token = '', tenantId = '', ...segments] = path.slice(PREFIX.length).split('/');
  const key = segments.join('/');
  const grant = readCapability(token, signingKey, nowS);
  const isAddress = TenantIdSchema.safeParse(tenantId).success && ObjectKeySchema.safeParse(key).success;
  if (!grant || !isAddress || grant.m !== mode || !covers(grant, tenantId, key)) {
    throw new AppError('link_invalid', 'This link is not valid, has expired, or is for something else. Ask for a new one.');
  }
  return { address: { tenantId, key }, grant };
}

import { AppError } from '@tecnocursos/contracts';

/** A token works in one organization: others, whether they exist or not, are not found. @throws AppError `not_found`. */
export function requireOwn(organizationId: string, { tenantId }: { tenantId: string }): void {
  if (organizationId.toLowerCase() !== tenantId) throw new AppError('not_found', 'There is no such organization, or this token works in another one.');
}

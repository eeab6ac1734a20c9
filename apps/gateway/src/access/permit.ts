import { AppError } from '@tecnocursos/contracts';
import type { OperationDefinition } from '../http/operation.js';
import type { Caller } from './caller.js';

/** Whether an operation may be called by this caller. @throws AppError `forbidden` that names what is missing. */
export function requirePermitted({ access, permission }: OperationDefinition, caller: Caller): void {
  if (permission !== undefined && caller.permissions.has(permission)) return;
  if (access === 'account' && caller.session !== null) return;
  if (access === 'account') throw new AppError('forbidden', 'This belongs to a person: use an access token of a signed-in account in place of an API key.');
  throw new AppError('forbidden', `This needs the permission "${permission}", which ${caller.session ? `the role "${caller.role}"` : 'this API key'} does not have.`);
}

/** The caller of an operation that is not public: the edge has let nobody else through. */
export function callerOf({ caller }: { caller: Caller | null }): Caller {
  if (!caller) throw new Error('An operation without a caller asked for one: it is public');
  return caller;
}

/** The signed-in account of an operation with access `account`. */
export function sessionOf(scope: { caller: Caller | null }): { accountId: string; sessionId: string } {
  const { session } = callerOf(scope);
  if (!session) throw new AppError('forbidden', 'This belongs to a person: use an access token of a signed-in account in place of an API key.');
  return session;
}

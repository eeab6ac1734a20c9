import type { Actor, Permission, Role } from '@tecnocursos/contracts';

/** Who makes a request, and what they may. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** `test`: nothing real may happen. */
  readonly mode: 'live' | 'test';
  /** The signed-in account and its session; null for an API key. */
  readonly session: { readonly accountId: string; readonly sessionId: string } | null;
}

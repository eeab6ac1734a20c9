import type { ProviderHandle } from './chain/provider-handle.js';

/** Providers that call their vendors with credentials that a tenant brought. They are asked before ours, in place of ours for the same vendor. */
export interface TenantProviders<Port> {
  /** What is known in this process; undefined when it has to be loaded first. Called for every request. */
  recall(tenantId: string): readonly ProviderHandle<Port>[] | undefined;
  /** Resolves when `recall` knows. Never rejects: while the credentials cannot be read, there are none. */
  load(tenantId: string): Promise<void>;
}

import type { VendorSimulator } from '../../simulator/vendor-simulator.js';
import { failDId, notFound, refusal } from './d-id.errors.js';
import { operationsOf } from './d-id.operations.js';
import { Studio, type StudioOptions } from './d-id.studio.js';

const ACCOUNT: StudioOptions = { credits: 10_000, queueMs: 200, workMs: 1_200, resultMs: 24 * 3_600_000 };

/** Clips (V3 Pro), expressives (V4), uploads and credits of D-ID. Source: the vendor's OpenAPI document of April 2026. Calls webhooks without a signature, as D-ID does. */
export function dIdSimulator(options: Partial<StudioOptions> = {}): VendorSimulator {
  const studio = new Studio({ ...ACCOUNT, ...options });
  return {
    id: 'd-id',
    title: 'D-ID',
    operations: operationsOf(studio),
    authenticate: ({ headers, path }) => {
      if (path.startsWith('/files/')) return undefined; // addresses that carry their right with them
      return /^(Basic|Bearer) \S{8,}$/.test(headers.authorization ?? '') ? undefined : refusal(401, 'AuthorizationError', 'user unauthenticated');
    },
    fail: (fault) => failDId(fault),
    unrouted: () => notFound(),
    headers: (_request, context) => ({ 'x-request-id': context.newToken(20) }),
  };
}

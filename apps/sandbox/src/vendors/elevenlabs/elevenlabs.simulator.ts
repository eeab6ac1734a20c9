import type { VendorSimulator } from '../../simulator/vendor-simulator.js';
import { Account, type AccountOptions } from './elevenlabs.account.js';
import { failElevenLabs, refusal } from './elevenlabs.errors.js';
import { operationsOf } from './elevenlabs.operations.js';

/** The plan Creator with a generous month. */
const PLAN: AccountOptions = { characterLimit: 100_000_000, concurrency: 5, voiceLimit: 30 };

/**
 * Speech, voices and cloning of ElevenLabs. Sources: the vendor's OpenAPI document of August 2026 and the types of `@elevenlabs/elevenlabs-js` 2.73.0; the words of its
 * refusals are those of its help pages.
 */
export function elevenLabsSimulator(options: Partial<AccountOptions> = {}): VendorSimulator {
  const account = new Account({ ...PLAN, ...options });
  return {
    id: 'elevenlabs',
    title: 'ElevenLabs',
    operations: operationsOf(account),
    plausibleFaults: [
      { fault: 'rate_limited', weight: 40 }, { fault: 'unavailable', weight: 30 }, { fault: 'server_error', weight: 20 }, { fault: 'connection_reset', weight: 5 }, { fault: 'truncated_body', weight: 5 },
    ],
    authenticate: ({ headers }) => {
      const key = headers['xi-api-key'];
      if (key === undefined) return refusal(401, 'needs_authorization', 'Neither authorization header nor xi-api-key received, please provide one.');
      return typeof key === 'string' && key.length >= 8 ? undefined : refusal(401, 'invalid_api_key', 'Invalid API key');
    },
    fail: (fault, _rule, request) => failElevenLabs(fault, request),
    unrouted: () => ({ status: 404, body: { detail: 'Not Found' } }),
    headers: (_request, context) => ({ 'request-id': context.newToken(20), 'x-trace-id': context.newToken(32).toLowerCase() }),
  };
}

import { configureProvider, createVendorHttp, ProviderChain, ProviderHandle, ResponseCache, UNLIMITED } from '@tecnocursos/provider-kit';
import { ChatService } from '../../apps/ai/dist/chat/chat.service.js';
import { AI_PROVIDERS } from '../../apps/ai/dist/providers/index.js';

/** What a platform would set for minutes is set for seconds here. */
export const INTERVAL_MS = 1_000;
export const ATTEMPT_MS = 300;
const KNOBS = { BREAKER_OPEN_S: String(INTERVAL_MS / 1_000), BREAKER_MAX_OPEN_S: String(INTERVAL_MS / 1_000), CONCURRENCY: '256' };

function handleOf(id, { url, timeoutMs, minCalls, fetch }) {
  const definition = AI_PROVIDERS.find((one) => one.id === id);
  const own = { ...KNOBS, TIMEOUT_MS: String(timeoutMs), BREAKER_MIN_CALLS: String(minCalls), API_KEY: 'sk-outage-0123456789', BASE_URL: `${url}${definition.address.sandbox}`, PRIORITY: id === 'openai' ? '1' : '2' };
  const variables = Object.fromEntries(Object.entries(own).map(([name, value]) => [`${definition.variablePrefix}_${name}`, value]));
  const configuration = configureProvider(definition, variables, { url: undefined, production: false });
  if (configuration.problems) throw new Error(configuration.problems.join('; '));
  return new ProviderHandle(definition, configuration, definition.create(configuration.settings, { fetch, now: Date.now }));
}

/** The chat service over the real chain with the real adapters: `openai` first, `anthropic` when it fails. */
export function openChat({ primaryUrl, fallbackUrl, fallbackTimeoutMs, minCalls }) {
  const http = createVendorHttp();
  const primary = handleOf('openai', { url: primaryUrl, timeoutMs: ATTEMPT_MS, minCalls, fetch: http.fetch });
  const fallback = handleOf('anthropic', { url: fallbackUrl, timeoutMs: fallbackTimeoutMs, minCalls, fetch: http.fetch });
  const attempts = [];
  let restingSince;
  const record = (entry) => {
    attempts.push(entry);
    if (primary.isResting(Date.now())) restingSince ??= Date.now();
  };
  const chain = new ProviderChain({ domain: 'ai', handles: [primary, fallback], policy: 'priority', budgets: UNLIMITED, ledger: { record }, cache: new ResponseCache() });
  return {
    chat: new ChatService(chain, Date.now),
    attempts,
    /** When the primary was first left alone: its breaker opened, or it asked us to wait. */
    restingSince: () => restingSince,
    close: () => http.close(),
  };
}

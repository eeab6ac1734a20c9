import type { ModelShutdowns } from '../../models/model-shutdowns.js';

/** Models of the tiers when nothing else is configured (models of `@anthropic-ai/sdk` 1.12.0, read 2026-11-23). */
export const ANTHROPIC_DEFAULT_MODELS = { economy: 'claude-haiku-5-5', standard: 'claude-sonnet-5-5', premium: 'claude-opus-5-5' } as const;

/** `claude-sonnet-4-5`: DEPRECATED_MODELS of `@anthropic-ai/sdk` 1.12.0; the others: the vendor's release notes, as quoted in 2026. */
export const ANTHROPIC_SHUTDOWNS: ModelShutdowns = {
  'claude-sonnet-4-5': { date: '2026-11-30', replacement: 'claude-sonnet-5-5' },
  'claude-sonnet-4-5-20250929': { date: '2026-11-30', replacement: 'claude-sonnet-5-5' },
  'claude-sonnet-4-0': { date: '2026-06-15', replacement: 'claude-sonnet-5-5' },
  'claude-opus-4-0': { date: '2026-06-15', replacement: 'claude-opus-5-5' },
  'claude-3-opus-20240229': { date: '2026-01-05', replacement: 'claude-opus-5-5' },
  'claude-3-sonnet-20240229': { date: '2025-07-21', replacement: 'claude-sonnet-5-5' },
};

import type { ModelShutdowns } from '../../models/model-shutdowns.js';

/** Models of the tiers when nothing else is configured (models of `@google/genai` 3.1.0, read 2026-11-23). */
export const GEMINI_DEFAULT_MODELS = { economy: 'gemini-3.1-flash-lite', standard: 'gemini-3.8-flash', premium: 'gemini-3.1-pro-preview' } as const;

/** Google announces no days for current models that could be read; these families its client no longer knows. */
export const GEMINI_SHUTDOWNS: ModelShutdowns = {
  'gemini-pro': { replacement: 'gemini-3.8-flash' },
  'gemini-1.5-flash': { replacement: 'gemini-3.1-flash-lite' },
  'gemini-1.5-pro': { replacement: 'gemini-3.1-pro-preview' },
  'gemini-2.0-flash': { replacement: 'gemini-3.8-flash' },
  'gemini-2.0-flash-lite': { replacement: 'gemini-3.1-flash-lite' },
};

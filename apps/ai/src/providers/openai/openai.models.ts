import type { ModelShutdowns } from '../../models/model-shutdowns.js';

/** Models of the tiers when nothing else is configured (types of `openai` 7.57.0 and the vendor's model list, read 2026-11-23). */
export const OPENAI_DEFAULT_MODELS = { economy: 'gpt-6-luna', standard: 'gpt-6.1-terra', premium: 'gpt-6.1-sol' } as const;
export const OPENAI_MODERATION_MODEL = 'omni-moderation-latest';

const end = (date: string, replacement: string, models: readonly string[]): ModelShutdowns => Object.fromEntries(models.map((model) => [model, { date, replacement }]));

/** developers.openai.com/api/docs/deprecations, read 2026-11-23. */
export const OPENAI_SHUTDOWNS: ModelShutdowns = {
  ...end('2026-10-23', 'gpt-6-luna', ['gpt-3.5-turbo', 'gpt-4', 'gpt-4-turbo', 'gpt-4.1-nano', 'o3-mini', 'o4-mini']),
  ...end('2026-10-23', 'gpt-6.1-sol', ['o1']),
  ...end('2026-12-11', 'gpt-6.1-sol', ['gpt-5', 'o3']),
  ...end('2026-12-11', 'gpt-6.1-terra', ['gpt-5-mini']),
  ...end('2026-12-11', 'gpt-6-luna', ['gpt-5-nano']),
  ...end('2027-01-14', 'gpt-6-luna', ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini']),
  ...end('2027-04-01', 'gpt-6.1-terra', ['gpt-5.1']),
  ...end('2027-04-01', 'gpt-6-luna', ['gpt-5.4-nano']),
};

import { defineProvider, FREE, ProviderFailure } from '@tecnocursos/provider-kit';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { LocalCourseAuthor } from './local-course-author.js';

/** Rules instead of a model: what stands where others name theirs. */
const RULES = 'rules';

/** Writes courses by analysing the text: no model, no network, no price. */
export const local = defineProvider<AiProvider>()({
  id: 'local',
  title: 'Local rules',
  domain: 'ai',
  kind: 'local',
  capabilities: ['structure-content', 'generate-script', 'generate-quiz'],
  variablePrefix: 'LOCAL_AI',
  credentials: [],
  // Whoever pays for a model wants its answers.
  defaults: { priority: 900, cacheTtlS: 0 },
  prices: FREE,
  create: () => ({ models: { economy: RULES, standard: RULES, premium: RULES }, author: new LocalCourseAuthor() }),
  toFailure: (error) => (error instanceof ProviderFailure ? error : new ProviderFailure('unavailable', 'The local engine failed.', { cause: error })),
  probe: () => Promise.resolve({ status: 'up' }),
});

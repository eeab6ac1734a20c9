import { AppError } from '@tecnocursos/contracts';
import { defineProvider, FREE, ProviderFailure } from '@tecnocursos/provider-kit';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { RuleEditor } from './editor/rule-editor.js';
import { PhraseModerator } from './editor/unfit-words.js';
import { LocalCourseAuthor } from './local-course-author.js';

/** Rules instead of a model: what stands where others name theirs. */
const RULES = 'rules';

/** The engine that needs nothing: courses, corrections and analyses by rules, on this machine. It is asked after all vendors. */
export const local = defineProvider<AiProvider>()({
  id: 'local',
  title: 'Local rules',
  domain: 'ai',
  kind: 'local',
  capabilities: ['structure-content', 'generate-script', 'generate-quiz', 'improve-text', 'analyze-content', 'moderate'],
  variablePrefix: 'LOCAL_AI',
  credentials: [],
  defaults: { priority: 900, maxRetries: 0, cacheTtlS: 0 },
  prices: FREE,
  create: () => ({
    models: { economy: RULES, standard: RULES, premium: RULES },
    author: new LocalCourseAuthor(),
    editor: new RuleEditor(),
    moderator: new PhraseModerator(),
  }),
  toFailure: failureOf,
  probe: () => Promise.resolve({ status: 'up' }),
});

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof AppError && error.code === 'canceled') return new ProviderFailure('canceled', error.detail, { cause: error });
  if (error instanceof AppError && error.status < 500) {
    const field = error.issues[0]?.field;
    return new ProviderFailure('invalid_request', error.detail, { cause: error, ...(field !== undefined && { field }) });
  }
  return new ProviderFailure('unavailable', 'The local engine failed at this text.', { cause: error });
}

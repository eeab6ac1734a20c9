import type { ProviderChain } from '@tecnocursos/provider-kit';
import type { AiProvider } from './ports/ai-provider.port.js';

/** The provider chain of the AI domain: every use case reaches vendors and engines through it. */
export const AI_CHAIN = Symbol('AI_CHAIN');
export type AiChain = Pick<ProviderChain<AiProvider>, 'run' | 'stream' | 'providers'>;

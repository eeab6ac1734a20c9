import type { ProviderDefinition } from '@tecnocursos/provider-kit';
import type { AiProvider } from '../ports/ai-provider.port.js';
import { anthropic } from './anthropic/anthropic.provider.js';
import { gemini } from './gemini/gemini.provider.js';
import { huggingface } from './huggingface/huggingface.provider.js';
import { huggingfaceLocal } from './huggingface-local/huggingface-local.provider.js';
import { local } from './local/local.provider.js';
import { openai } from './openai/openai.provider.js';

/** Everybody who can do something of the AI domain: one line a vendor, in the order in which equals are asked. */
export const AI_PROVIDERS: readonly ProviderDefinition<AiProvider>[] = [
  openai,
  anthropic,
  gemini,
  huggingface,
  huggingfaceLocal,
  local,
];

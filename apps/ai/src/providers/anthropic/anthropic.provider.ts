import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { OF_A_LANGUAGE_MODEL } from '../../capabilities.js';
import { shutdownNotices } from '../../models/model-shutdowns.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { AnthropicLanguageModel } from './anthropic.adapter.js';
import { anthropicFailure } from './anthropic.errors.js';
import { EFFORTS } from './anthropic.mapper.js';
import { ANTHROPIC_DEFAULT_MODELS, ANTHROPIC_SHUTDOWNS } from './anthropic.models.js';
import { ANTHROPIC_PRICES } from './anthropic.prices.js';

const model = (tier: keyof typeof ANTHROPIC_DEFAULT_MODELS) =>
  z.string().trim().min(1).default(ANTHROPIC_DEFAULT_MODELS[tier]).meta({ description: `Anthropic’s model of the tier ${tier}` });

const environment = {
  ANTHROPIC_MODEL_ECONOMY: model('economy'),
  ANTHROPIC_MODEL_STANDARD: model('standard'),
  ANTHROPIC_MODEL_PREMIUM: model('premium'),
  ANTHROPIC_EFFORT: z.enum(EFFORTS).optional().meta({ description: `how much the model thinks and writes: ${EFFORTS.join(', ')}; the model’s own default when absent` }),
};

type Models = Record<`ANTHROPIC_MODEL_${'ECONOMY' | 'STANDARD' | 'PREMIUM'}`, string>;

const modelsOf = (variables: Models): AiProvider['models'] => ({
  economy: variables.ANTHROPIC_MODEL_ECONOMY, standard: variables.ANTHROPIC_MODEL_STANDARD, premium: variables.ANTHROPIC_MODEL_PREMIUM,
});

export const anthropic = defineProvider<AiProvider>()({
  id: 'anthropic',
  title: 'Anthropic',
  domain: 'ai',
  kind: 'remote',
  capabilities: OF_A_LANGUAGE_MODEL,
  variablePrefix: 'ANTHROPIC',
  credentials: ['API_KEY'],
  address: { live: 'https://api.anthropic.com', sandbox: '/anthropic' },
  defaults: { priority: 10 },
  environment,
  prices: ANTHROPIC_PRICES,
  create: ({ baseUrl, credential, environment: variables }, runtime) => ({
    models: modelsOf(variables),
    shutdowns: ANTHROPIC_SHUTDOWNS,
    language: new AnthropicLanguageModel({ baseUrl, apiKey: credential('API_KEY'), effort: variables.ANTHROPIC_EFFORT, runtime }),
  }),
  toFailure: (error, now) => anthropicFailure(error, now),
  notices: ({ environment: variables }, now) => shutdownNotices(modelsOf(variables), ANTHROPIC_SHUTDOWNS, now),
});

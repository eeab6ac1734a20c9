import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { OF_A_LANGUAGE_MODEL } from '../../capabilities.js';
import { shutdownNotices } from '../../models/model-shutdowns.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { GeminiLanguageModel } from './gemini.adapter.js';
import { geminiFailure } from './gemini.errors.js';
import { GEMINI_DEFAULT_MODELS, GEMINI_SHUTDOWNS } from './gemini.models.js';
import { GEMINI_PRICES } from './gemini.prices.js';
import { SAFETY_ENVIRONMENT, safetyRules } from './gemini.safety.js';

const model = (tier: keyof typeof GEMINI_DEFAULT_MODELS) =>
  z.string().trim().min(1).default(GEMINI_DEFAULT_MODELS[tier]).meta({ description: `Gemini’s model of the tier ${tier}` });

const environment = {
  GEMINI_MODEL_ECONOMY: model('economy'),
  GEMINI_MODEL_STANDARD: model('standard'),
  GEMINI_MODEL_PREMIUM: model('premium'),
  GEMINI_API_VERSION: z.enum(['v1', 'v1beta']).default('v1').meta({ description: 'version of the Gemini API: v1 or v1beta' }),
  ...SAFETY_ENVIRONMENT,
};

type Models = Record<`GEMINI_MODEL_${'ECONOMY' | 'STANDARD' | 'PREMIUM'}`, string>;

const modelsOf = (variables: Models): AiProvider['models'] => ({
  economy: variables.GEMINI_MODEL_ECONOMY, standard: variables.GEMINI_MODEL_STANDARD, premium: variables.GEMINI_MODEL_PREMIUM,
});

export const gemini = defineProvider<AiProvider>()({
  id: 'gemini',
  title: 'Google Gemini',
  domain: 'ai',
  kind: 'remote',
  capabilities: OF_A_LANGUAGE_MODEL,
  variablePrefix: 'GEMINI',
  credentials: ['API_KEY'],
  address: { live: 'https://generativelanguage.googleapis.com', sandbox: '/gemini' },
  defaults: { priority: 30 },
  environment,
  prices: GEMINI_PRICES,
  create: ({ baseUrl, credential, environment: variables }, runtime) => ({
    models: modelsOf(variables),
    shutdowns: GEMINI_SHUTDOWNS,
    language: new GeminiLanguageModel({ baseUrl, apiVersion: variables.GEMINI_API_VERSION, apiKey: credential('API_KEY'), safety: safetyRules(variables), runtime }),
  }),
  toFailure: (error, now) => geminiFailure(error, now),
  notices: ({ environment: variables }, now) => shutdownNotices(modelsOf(variables), GEMINI_SHUTDOWNS, now),
});

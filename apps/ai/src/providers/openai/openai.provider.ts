import { defineProvider } from '@tecnocursos/provider-kit';
import OpenAI from 'openai';
import { z } from 'zod';
import { OF_A_LANGUAGE_MODEL } from '../../capabilities.js';
import { shutdownNotices } from '../../models/model-shutdowns.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { OpenAiChatClient } from './openai-chat.client.js';
import { OpenAiContentModerator, OpenAiLanguageModel } from './openai.adapter.js';
import { openAiFailure } from './openai.errors.js';
import { OPENAI_DEFAULT_MODELS, OPENAI_MODERATION_MODEL, OPENAI_SHUTDOWNS } from './openai.models.js';
import { OPENAI_PRICES } from './openai.prices.js';

/** The longest that a timer can wait: time limits are around the adapter. */
const NO_TIME_LIMIT_MS = 2_147_483_647;

const model = (tier: keyof typeof OPENAI_DEFAULT_MODELS) =>
  z.string().min(1).max(160).default(OPENAI_DEFAULT_MODELS[tier]).meta({ description: `OpenAI’s model of the tier ${tier}` });

export const openai = defineProvider<AiProvider>()({
  id: 'openai',
  title: 'OpenAI',
  domain: 'ai',
  kind: 'remote',
  capabilities: OF_A_LANGUAGE_MODEL,
  variablePrefix: 'OPENAI',
  credentials: ['API_KEY'],
  address: { live: 'https://api.openai.com/v1', sandbox: '/openai/v1' },
  defaults: { priority: 20 },
  environment: {
    OPENAI_MODEL_ECONOMY: model('economy'),
    OPENAI_MODEL_STANDARD: model('standard'),
    OPENAI_MODEL_PREMIUM: model('premium'),
    OPENAI_MODERATION_MODEL: z.string().min(1).max(160).default(OPENAI_MODERATION_MODEL).meta({ description: 'OpenAI’s model that judges texts' }),
    OPENAI_ORGANIZATION: z.string().max(120).optional().meta({ description: 'organization that is billed, `org-…`; the key’s own when absent' }),
    OPENAI_PROJECT: z.string().max(120).optional().meta({ description: 'project that is billed, `proj_…`; the key’s own when absent' }),
  },
  prices: OPENAI_PRICES,
  create({ baseUrl, credential, environment }, { fetch }) {
    // What is left out here the client would read from the process's environment.
    const client = new OpenAI({
      apiKey: credential('API_KEY').reveal(), adminAPIKey: null, webhookSecret: null, baseURL: baseUrl, organization: environment.OPENAI_ORGANIZATION ?? null,
      project: environment.OPENAI_PROJECT ?? null, fetch, maxRetries: 0, timeout: NO_TIME_LIMIT_MS, logLevel: 'off',
    });
    const chat = new OpenAiChatClient({
      baseUrl, fetch, apiKey: credential('API_KEY').reveal(), organization: environment.OPENAI_ORGANIZATION, project: environment.OPENAI_PROJECT,
    });
    return {
      models: modelsOf(environment),
      shutdowns: OPENAI_SHUTDOWNS,
      language: new OpenAiLanguageModel(chat),
      moderator: new OpenAiContentModerator(client, environment.OPENAI_MODERATION_MODEL),
    };
  },
  toFailure: openAiFailure,
  notices: ({ environment }, now) => shutdownNotices(modelsOf(environment), OPENAI_SHUTDOWNS, now),
});

function modelsOf(environment: Readonly<Record<`OPENAI_MODEL_${'ECONOMY' | 'STANDARD' | 'PREMIUM'}`, string>>): AiProvider['models'] {
  return { economy: environment.OPENAI_MODEL_ECONOMY, standard: environment.OPENAI_MODEL_STANDARD, premium: environment.OPENAI_MODEL_PREMIUM };
}

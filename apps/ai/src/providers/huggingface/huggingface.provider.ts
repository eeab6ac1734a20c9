import { InferenceClient } from '@huggingface/inference';
import { defineProvider } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { OF_A_LANGUAGE_MODEL } from '../../capabilities.js';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { HuggingFaceLanguageModel, HuggingFaceSentimentClassifier } from './huggingface.adapter.js';
import { huggingFaceFailure } from './huggingface.errors.js';
import { HUGGINGFACE_DEFAULT_MODELS, HUGGINGFACE_SENTIMENT_MODEL } from './huggingface.models.js';
import { HUGGINGFACE_PRICES } from './huggingface.prices.js';
import { refusing } from './huggingface.transport.js';

const model = (tier: keyof typeof HUGGINGFACE_DEFAULT_MODELS) =>
  z.string().min(1).max(160).default(HUGGINGFACE_DEFAULT_MODELS[tier]).meta({ description: `model of the tier ${tier}, by its name on the hub: \`org/name\`` });

export const huggingface = defineProvider<AiProvider>()({
  id: 'huggingface',
  title: 'Hugging Face',
  domain: 'ai',
  kind: 'remote',
  // The models that it begins with have no eyes.
  capabilities: OF_A_LANGUAGE_MODEL.filter((operation) => operation !== 'describe-image'),
  variablePrefix: 'HUGGINGFACE',
  credentials: ['API_KEY'],
  address: { live: 'https://router.huggingface.co', sandbox: '/huggingface' },
  defaults: { priority: 40 },
  environment: {
    HUGGINGFACE_MODEL_ECONOMY: model('economy'),
    HUGGINGFACE_MODEL_STANDARD: model('standard'),
    HUGGINGFACE_MODEL_PREMIUM: model('premium'),
    HUGGINGFACE_SENTIMENT_MODEL: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'Use the name on the hub: org/name.').default(HUGGINGFACE_SENTIMENT_MODEL)
      .meta({ description: 'model that tells the sentiment of a text, by its name on the hub: `org/name`' }),
    HUGGINGFACE_ROUTING: z.string().regex(/^[a-z0-9-]+$/, 'Use `fastest`, `cheapest`, `preferred` or the name of a provider.').optional()
      .meta({ description: 'how the router chooses among its providers: `fastest`, `cheapest`, `preferred`, or the name of one; the router’s own choice when absent' }),
    HUGGINGFACE_BILL_TO: z.string().min(1).max(120).optional().meta({ description: 'organization on the hub that is billed; the owner of the token when absent' }),
  },
  prices: HUGGINGFACE_PRICES,
  create({ baseUrl, credential, environment }, { fetch, now }) {
    const { HUGGINGFACE_SENTIMENT_MODEL: sentimentModel, HUGGINGFACE_BILL_TO: billTo } = environment;
    const clientOf = (endpointUrl: string): InferenceClient =>
      new InferenceClient(credential('API_KEY').reveal(), { endpointUrl, retry_on_error: false, fetch: refusing(fetch), ...(billTo !== undefined && { billTo }) });
    return {
      models: { economy: environment.HUGGINGFACE_MODEL_ECONOMY, standard: environment.HUGGINGFACE_MODEL_STANDARD, premium: environment.HUGGINGFACE_MODEL_PREMIUM },
      language: new HuggingFaceLanguageModel(clientOf(`${baseUrl}/v1`), environment.HUGGINGFACE_ROUTING),
      sentiment: new HuggingFaceSentimentClassifier(clientOf(`${baseUrl}/hf-inference/models/${sentimentModel}`), sentimentModel, now),
    };
  },
  toFailure: huggingFaceFailure,
});

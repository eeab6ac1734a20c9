import { noSuchModel, notServedBy } from './huggingface.errors.js';

interface ChatModel {
  readonly id: string;
  readonly context: number;
  /** US dollars for a million tokens of input and output, by provider. */
  readonly prices: Readonly<Record<string, readonly [number, number]>>;
}

/** Some of the router's list; any other `org/name` is answered too, as the hub has far more than fit here. */
const CHAT_MODELS: readonly ChatModel[] = [
  { id: 'openai/gpt-oss-120b', context: 131_072, prices: { groq: [0.15, 0.75], together: [0.15, 0.6], 'fireworks-ai': [0.15, 0.6] } },
  { id: 'openai/gpt-oss-20b', context: 131_072, prices: { groq: [0.1, 0.5], 'fireworks-ai': [0.05, 0.2] } },
  { id: 'meta-llama/Llama-3.3-70B-Instruct', context: 131_072, prices: { groq: [0.59, 0.79], together: [0.88, 0.88] } },
];
const POLICIES: ReadonlySet<string> = new Set(['fastest', 'cheapest', 'preferred']);
/** Providers of `@huggingface/inference` 4.13.30 that serve chat. */
const PROVIDERS: ReadonlySet<string> = new Set([
  'baseten', 'cerebras', 'clarifai', 'cohere', 'deepinfra', 'featherless-ai', 'fireworks-ai', 'groq', 'hf-inference', 'hyperbolic', 'nebius', 'novita', 'nscale', 'nvidia', 'openai',
  'ovhcloud', 'publicai', 'sambanova', 'scaleway', 'together', 'zai-org',
]);
const DEFAULT_CONTEXT = 131_072;
const DEFAULT_PROVIDER = 'together';
const NAME = /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/;
/** One day for all keeps answers the same. */
const CREATED = Date.UTC(2026, 0, 1) / 1_000;

export interface RoutedModel {
  readonly id: string;
  readonly provider: string;
  readonly context: number;
}

/** `openai/gpt-oss-120b:cheapest`. @throws HuggingFaceRefusal 400 for a name that is none, or a provider that does not serve it. */
export function routeModel(name: string): RoutedModel {
  const [id = '', suffix] = name.split(':');
  if (!NAME.test(id)) throw noSuchModel(name);
  const model = CHAT_MODELS.find((candidate) => candidate.id === id);
  const context = model?.context ?? DEFAULT_CONTEXT;
  if (suffix === undefined || POLICIES.has(suffix)) return { id, provider: byPolicy(model, suffix), context };
  if (!PROVIDERS.has(suffix) || (model && !(suffix in model.prices))) throw notServedBy(id, suffix);
  return { id, provider: suffix, context };
}

function byPolicy(model: ChatModel | undefined, policy: string | undefined): string {
  const prices = Object.entries(model?.prices ?? {});
  const ranked = policy === 'cheapest' ? prices.toSorted(([, [, left]], [, [, right]]) => left - right) : prices;
  return ranked[0]?.[0] ?? DEFAULT_PROVIDER;
}

export const listModels = (): object => ({
  object: 'list',
  data: CHAT_MODELS.map(({ id, context, prices }) => ({
    id, object: 'model', created: CREATED, owned_by: id.split('/')[0],
    providers: Object.entries(prices).map(([provider, [input, output]]) => ({
      provider, status: 'live', context_length: context, pricing: { input, output }, supports_tools: true, supports_structured_output: true,
    })),
  })),
});

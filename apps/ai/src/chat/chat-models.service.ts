import { Inject, Injectable } from '@nestjs/common';
import { ModelTierSchema, type listChatModels, type ModelTier, type ReplyInput } from '@tecnocursos/contracts';
import { AI_CHAIN, type AiChain } from '../ai.tokens.js';
import type { AiProvider } from '../ports/ai-provider.port.js';

type ChatModel = ReplyInput<typeof listChatModels>['data'][number];

const HOUSE = 'tecnocursos';
/** Vendors do not tell when a model began; clients want a number. */
const CREATED = 0;
const TIERS: readonly ModelTier[] = ModelTierSchema.options;

/** Lists what a chat request may name: the tiers, and the configured models of the active providers. */
@Injectable()
export class ChatModelsService {
  constructor(@Inject(AI_CHAIN) private readonly chain: AiChain) {}

  list(): ReplyInput<typeof listChatModels> {
    const speakers = this.chain.providers.filter(({ port }) => port.language !== undefined);
    const tiers = speakers.length === 0 ? [] : TIERS.map((id): ChatModel => ({ id, object: 'model', created: CREATED, owned_by: HOUSE }));
    return { object: 'list', data: [...tiers, ...speakers.flatMap(({ id, info, port }) => modelsOf(port).map((model) => chatModel(id, info.mode, port, model)))] };
  }
}

const modelsOf = ({ models }: AiProvider): string[] => [...new Set(TIERS.map((tier) => models[tier]))];

function chatModel(provider: string, mode: 'live' | 'sandbox' | 'local', port: AiProvider, model: string): ChatModel {
  const shutdown = port.shutdowns?.[model];
  return {
    id: `${provider}/${model}`, object: 'model', created: CREATED, owned_by: provider,
    tecnocursos: { provider, mode, tiers: TIERS.filter((tier) => port.models[tier] === model), ...(shutdown && { shutdown_date: shutdown.date }) },
  };
}

import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ChatChunk, type ChatCompletion, type ChatRequest, type Routing } from '@tecnocursos/contracts';
import { routeOf, servedByOf } from '@tecnocursos/integration-kit';
import { ProviderFailure, type RouteRequest, type ServedStream, type StreamCall } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../ai-caller.js';
import { AI_CHAIN, type AiChain } from '../ai.tokens.js';
import type { AiProvider } from '../ports/ai-provider.port.js';
import type { Generation, GenerationPart, LanguageModel } from '../ports/language-model.port.js';
import { chatChunk, chatCompletion, endChunks, type AnswerHead } from './chat-answer.mapper.js';
import { CHAT_CLOCK, type ChatClock } from './chat-clock.js';
import { estimateOf, ignoredFields, toGeneration, type GenerationBase } from './chat-request.mapper.js';
import { modelAt, ModelCatalog, type ResolvedModel } from './model-catalog.js';

type ChatCall = Omit<StreamCall<AiProvider, never>, 'attempt' | 'endOf'>;

interface Plan {
  readonly resolved: ResolvedModel;
  readonly base: GenerationBase;
  readonly call: ChatCall;
}

/** Chat completions through the chain. On the hot path: nothing is copied that can be handed on, nothing is awaited that is there. */
@Injectable()
export class ChatService {
  private readonly catalog: ModelCatalog;

  constructor(
    @Inject(AI_CHAIN) private readonly chain: AiChain,
    @Inject(CHAT_CLOCK) private readonly now: ChatClock,
  ) {
    this.catalog = new ModelCatalog(chain.providers);
  }

  /** @throws AppError `invalid_request` naming `model` or `tecnocursos.…`; else what the chain throws. */
  async complete(request: ChatRequest, caller: AiCaller): Promise<ChatCompletion> {
    const { resolved, base, call } = this.plan(request, caller);
    const served = await this.chain.run<Generation>({
      ...call,
      ...(request.tecnocursos?.cache === 'on' && { cache: { base, resolved } }),
      ...(caller.idempotencyKey !== undefined && { idempotency: { key: caller.idempotencyKey, request: { base, resolved } } }),
      attempt: async (port, { provider, signal }) => {
        const value = await languageOf(port).generate({ ...base, model: modelAt(resolved, provider.id, port) }, { signal });
        return { value, usage: value.usage, model: value.model, warnings: value.warnings };
      },
    });
    return chatCompletion(served.value, this.head(caller, served.value.model), servedByOf(served), [...ignoredFields(request), ...served.warnings]);
  }

  stream(request: ChatRequest, caller: AiCaller): Promise<ServedStream<GenerationPart>> {
    return this.begin(this.plan(request, caller));
  }

  /** The stream as OpenAI's chunks; the last but the usage says who answered and at what cost. */
  async chunks(request: ChatRequest, caller: AiCaller): Promise<AsyncIterable<ChatChunk>> {
    const plan = this.plan(request, caller);
    const served = await this.begin(plan);
    const port = this.chain.providers.find(({ id }) => id === served.provider)?.port;
    const head = this.head(caller, port ? modelAt(plan.resolved, served.provider, port) : request.model);
    return chunksOf(served, head, ignoredFields(request), { includeUsage: request.stream_options?.include_usage === true });
  }

  private begin({ resolved, base, call }: Plan): Promise<ServedStream<GenerationPart>> {
    return this.chain.stream<GenerationPart>({
      ...call,
      attempt: (port, { provider, signal }) => languageOf(port).stream({ ...base, model: modelAt(resolved, provider.id, port) }, { signal }),
      endOf: (part) => (part.type === 'finish' ? part : undefined),
    });
  }

  private plan(request: ChatRequest, caller: AiCaller): Plan {
    const routing = request.tecnocursos;
    const found = this.catalog.resolve(request.model);
    const resolved = routing?.tier === undefined ? found : { ...found, tier: routing.tier };
    const base = toGeneration(request);
    const usage = estimateOf(base);
    return {
      resolved, base,
      call: {
        operation: 'chat', caller, route: chatRoute(resolved, routing), accepts: hasLanguage,
        estimate: (port, { id }) => ({ model: modelAt(resolved, id, port), usage }),
      },
    };
  }

  private head({ requestId }: AiCaller, model: string): AnswerHead {
    return { id: `chatcmpl-${requestId}`, created: Math.floor(this.now() / 1_000), model };
  }
}

const hasLanguage = (port: AiProvider): boolean => port.language !== undefined;

function languageOf({ language }: AiProvider): LanguageModel {
  if (!language) throw new ProviderFailure('unsupported', 'This provider has no language model.');
  return language;
}

/** A named model is its vendor's: nobody else is asked unless the request says so. */
function chatRoute({ provider, tier }: ResolvedModel, routing: Routing | undefined): RouteRequest {
  if (routing?.model !== undefined) throw refused('model', 'Name the model in `model`: `vendor/model`.');
  const route = routeOf(routing);
  if (provider === undefined) return route;
  if (routing?.provider !== undefined && routing.provider !== provider) throw refused('provider', `The model is of ${provider}; name no other provider, or ask for the tier "${tier}".`);
  if (routing?.providers && !routing.providers.includes(provider)) throw refused('providers', `The model is of ${provider}, which is not among them.`);
  if (routing?.allow_fallback === true) return { ...route, provider };
  return { ...route, providers: [provider] };
}

const refused = (field: string, message: string): AppError =>
  new AppError('invalid_request', `tecnocursos.${field}: ${message}`, { issues: [{ field: `tecnocursos.${field}`, message }] });

async function* chunksOf(served: ServedStream<GenerationPart>, head: AnswerHead, ignored: readonly string[], wish: { readonly includeUsage: boolean }): AsyncGenerator<ChatChunk> {
  let isFirst = true;
  let finish: Extract<GenerationPart, { type: 'finish' }> | undefined;
  for await (const part of served.parts) {
    if (part.type === 'finish') {
      finish = part; // its cost is known when the stream has ended
      continue;
    }
    yield chatChunk(part, head, { isFirst });
    isFirst = false;
  }
  if (!finish) return;
  const { provider, simulated, attempts, fallbackFrom, vendorMs } = served;
  const servedBy = servedByOf({ provider, simulated, attempts, fallbackFrom, vendorMs, costMicros: served.costMicros(), model: finish.model, cache: 'off' });
  yield* endChunks(finish, head, { served_by: servedBy, warnings: [...ignored, ...finish.warnings] }, wish);
}

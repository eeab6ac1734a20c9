import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ModelTier, Routing } from '@tecnocursos/contracts';
import { routeOf } from '@tecnocursos/integration-kit';
import { ProviderFailure, type AttemptResult, type CandidateInfo, type Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../ai-caller.js';
import { AI_CHAIN, type AiChain } from '../ai.tokens.js';
import type { AiOperation } from '../capabilities.js';
import type { AiProvider } from '../ports/ai-provider.port.js';
import { assertRouting, modelOf } from './routing.js';
import { generateStructured, type StructuredTask } from './structured-generation.js';
import { estimatedTokens } from './usage.js';

/** How one operation is done: by a language model with the task, or by an engine of the provider. */
export interface Operation<Draft, Value> {
  readonly operation: AiOperation;
  readonly caller: AiCaller;
  readonly routing: Routing | undefined;
  /** Tier when the request names none. */
  readonly usualTier?: ModelTier;
  readonly task: StructuredTask<Draft, Value>;
  /** What an engine or classifier of the provider answers; undefined when it has none for this. It goes before the language model. */
  readonly engine?: (port: AiProvider, signal: AbortSignal, provider: CandidateInfo) => Promise<AttemptResult<Value>> | undefined;
  readonly hasEngine?: (port: AiProvider) => boolean;
  readonly accepts?: (provider: CandidateInfo) => boolean;
  /** Of a part of a longer text, from 1. */
  readonly part?: number;
  /** Everything that the answer depends on beside the task's instructions and content. */
  readonly cache?: unknown;
}

/** Raised when prompts change so much that answers kept from before are no answers any more. */
const PROMPTS_VERSION = 1;

/** Takes the operations of the domain to the provider chain. */
@Injectable()
export class OperationRunner {
  constructor(@Inject(AI_CHAIN) private readonly chain: AiChain) {}

  run<Draft, Value>(operation: Operation<Draft, Value>): Promise<Served<Value>> {
    const { routing, task, caller } = operation;
    assertRouting(routing);
    const input = promptTokens(task);
    const usualTier = operation.usualTier ?? 'standard';
    const request = cacheKey(operation);
    return this.chain.run<Value>({
      operation: operation.operation,
      caller,
      route: routeOf(routing),
      accepts: (port, provider) => (port.language !== undefined || operation.hasEngine?.(port) === true) && operation.accepts?.(provider) !== false,
      estimate: (port, { id }) => ({ model: modelOf(port, id, routing, usualTier), usage: estimate(input, task.answerTokens) }),
      ...(routing?.cache !== 'off' && { cache: request }),
      ...(caller.idempotencyKey !== undefined && { idempotency: { key: keyOfPart(caller.idempotencyKey, operation.part), request } }),
      attempt: (port, { provider, signal }) => {
        const own = operation.engine?.(port, signal, provider);
        if (own) return own;
        if (!port.language) throw new ProviderFailure('unsupported', `${provider.id} cannot do "${operation.operation}".`);
        return generateStructured(port.language, modelOf(port, provider.id, routing, usualTier), task, signal);
      },
    });
  }
}

/** Each part of a longer text is a piece of work of its own. */
const keyOfPart = (key: string, part = 1): string => (part === 1 ? key : `${key}#${part}`);

/** The prompt goes out again with the answer, for the repair. */
const estimate = (input: number, output: number) => ({ input_tokens: 2 * input + output, output_tokens: 2 * output });

function promptTokens<Draft, Value>({ instructions, content }: StructuredTask<Draft, Value>): number {
  const texts = content.reduce((bytes, part) => bytes + (part.type === 'text' ? Buffer.byteLength(part.text) : 0), Buffer.byteLength(instructions));
  return estimatedTokens(texts, content.filter(({ type }) => type === 'image').length);
}

/** The prompt by its hash, since it may be long. */
function cacheKey<Draft, Value>({ task, routing, cache }: Operation<Draft, Value>): unknown {
  const prompt = createHash('sha256').update(JSON.stringify([task.name, task.instructions, task.content])).digest('base64url');
  const { provider, providers, tier, model } = routing ?? {};
  return { version: PROMPTS_VERSION, prompt, given: cache ?? null, route: { provider, providers, tier, model } };
}

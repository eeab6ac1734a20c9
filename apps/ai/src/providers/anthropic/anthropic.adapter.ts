import Anthropic from '@anthropic-ai/sdk';
import { ProviderFailure, type ProviderRuntime, type Secret } from '@tecnocursos/provider-kit';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel, ModelCallOptions } from '../../ports/language-model.port.js';
import { abortFailure } from '../../wire/abort-failure.js';
import { MessageStreamReader, toGeneration } from './anthropic.answer.js';
import { anthropicFailure } from './anthropic.errors.js';
import { toMessagesRequest, type Effort } from './anthropic.mapper.js';

export interface AnthropicOptions {
  /** Without `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly effort?: Effort | undefined;
  readonly runtime: ProviderRuntime;
}

/** The caller's time limit is the one that counts; without any, the client refuses long answers that are not streamed. */
const CLIENT_TIMEOUT_MS = 3_600_000;

/** Claude, over the Messages API. */
export class AnthropicLanguageModel implements LanguageModel {
  private readonly client: Anthropic;

  constructor(private readonly options: AnthropicOptions) {
    const { baseUrl, apiKey, runtime } = options;
    this.client = new Anthropic({
      baseURL: baseUrl, apiKey: apiKey.reveal(), webhookKey: null, fetch: runtime.fetch, maxRetries: 0, timeout: CLIENT_TIMEOUT_MS, logLevel: 'off', openTelemetry: false,
    });
  }

  async generate(request: GenerationRequest, { signal }: ModelCallOptions): Promise<Generation> {
    const { body, warnings } = toMessagesRequest(request, this.options.effort);
    try {
      const { data, request_id: requestId } = await this.client.messages.create(body, { signal }).withResponse();
      throwIfError(data);
      return toGeneration(data, warnings, requestId ?? undefined);
    } catch (error) {
      throw this.failure(error, signal);
    }
  }

  async *stream(request: GenerationRequest, { signal }: ModelCallOptions): AsyncGenerator<GenerationPart> {
    const { body, warnings } = toMessagesRequest(request, this.options.effort);
    const reader = new MessageStreamReader(warnings);
    try {
      const events = await this.client.messages.create({ ...body, stream: true }, { signal });
      for await (const event of events) {
        const part = reader.read(event);
        if (part) yield part;
      }
      // The client ends an aborted stream as if it were complete.
      signal.throwIfAborted();
      yield reader.finish();
    } catch (error) {
      throw this.failure(error, signal, reader);
    }
  }

  private failure(error: unknown, signal: AbortSignal, reader?: MessageStreamReader): ProviderFailure {
    const cause: unknown = signal.aborted && !(error instanceof ProviderFailure) ? abortFailure(signal) : error;
    return anthropicFailure(cause, this.options.runtime.now(), reader?.billed);
  }
}

/** An error body under a status of success. */
function throwIfError(data: unknown): void {
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'error') throw new Anthropic.APIError(undefined, data, undefined, undefined);
}

import type OpenAI from 'openai';
import type { ContentModerator, Moderation } from '../../ports/content-moderator.port.js';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel, ModelCallOptions } from '../../ports/language-model.port.js';
import { readCompletion } from '../../wire/openai-chat-answer.js';
import { ChatChunkReader, readBatches } from '../../wire/openai-chat-stream.js';
import type { OpenAiChatClient } from './openai-chat.client.js';
import { readModeration, toOpenAiChat } from './openai.mapper.js';

/** Chat Completions, by the lean client. */
export class OpenAiLanguageModel implements LanguageModel {
  constructor(private readonly chat: OpenAiChatClient) {}

  async generate(request: GenerationRequest, { signal }: ModelCallOptions): Promise<Generation> {
    const { body, warnings } = toOpenAiChat(request);
    const { answer, requestId } = await this.chat.complete(body, signal);
    const generation = readCompletion(answer, request.model, warnings);
    return requestId === null ? generation : { ...generation, vendorRequestId: requestId };
  }

  async *stream(request: GenerationRequest, { signal }: ModelCallOptions): AsyncGenerator<GenerationPart> {
    const { body, warnings } = toOpenAiChat(request);
    yield* readBatches(this.chat.stream(body, signal), new ChatChunkReader(request.model, warnings), signal);
  }
}

/** `POST /moderations`. */
export class OpenAiContentModerator implements ContentModerator {
  constructor(
    private readonly client: OpenAI,
    private readonly model: string,
  ) {}

  async moderate(inputs: readonly string[], { signal }: ModelCallOptions): Promise<Moderation> {
    const answer = await this.client.moderations.create({ model: this.model, input: [...inputs] }, { signal });
    return { ...readModeration(answer, inputs.length), usage: { requests: 1 } };
  }
}

import type { InferenceClient } from '@huggingface/inference';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel, ModelCallOptions } from '../../ports/language-model.port.js';
import type { Sentiment, SentimentClassifier } from '../../ports/sentiment-classifier.port.js';
import { readCompletion } from '../../wire/openai-chat-answer.js';
import { ChatChunkReader, readChunks } from '../../wire/openai-chat-stream.js';
import { abortFailure } from '../../wire/abort-failure.js';
import { readSentiment, toHuggingFaceChat } from './huggingface.mapper.js';

/** The router's Chat Completions: `POST /v1/chat/completions`. */
export class HuggingFaceLanguageModel implements LanguageModel {
  constructor(
    private readonly client: InferenceClient,
    private readonly routing: string | undefined,
  ) {}

  async generate(request: GenerationRequest, { signal }: ModelCallOptions): Promise<Generation> {
    if (signal.aborted) throw abortFailure(signal);
    const { body, warnings } = toHuggingFaceChat(request, this.routing);
    return readCompletion(await this.client.chatCompletion(body, { signal }), request.model, warnings);
  }

  async *stream(request: GenerationRequest, { signal }: ModelCallOptions): AsyncGenerator<GenerationPart> {
    if (signal.aborted) throw abortFailure(signal);
    const { body, warnings } = toHuggingFaceChat(request, this.routing);
    // The client lets go of a stream that is left early without ending its request.
    const left = new AbortController();
    const chunks = this.client.chatCompletionStream({ ...body, stream_options: { include_usage: true } }, { signal: AbortSignal.any([signal, left.signal]) });
    try {
      yield* readChunks(chunks, new ChatChunkReader(request.model, warnings), signal);
    } finally {
      left.abort();
    }
  }
}

/** Text classification by Hugging Face's own inference: `POST /hf-inference/models/{org}/{name}`. */
export class HuggingFaceSentimentClassifier implements SentimentClassifier {
  constructor(
    /** Its endpoint is the model's own. */
    private readonly client: InferenceClient,
    private readonly model: string,
    private readonly now: () => number,
  ) {}

  async classify(text: string, { signal }: ModelCallOptions): Promise<Sentiment> {
    if (signal.aborted) throw abortFailure(signal);
    const startedAt = this.now();
    const classes = await this.client.textClassification({ model: this.model, inputs: text }, { signal });
    return readSentiment(classes, this.model, this.now() - startedAt);
  }
}

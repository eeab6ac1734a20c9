import { GoogleGenAI, type GenerateContentParameters } from '@google/genai';
import { ProviderFailure, type ProviderRuntime, type Secret } from '@tecnocursos/provider-kit';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel, ModelCallOptions } from '../../ports/language-model.port.js';
import { abortFailure } from '../../wire/abort-failure.js';
import { GeminiAnswerReader } from './gemini.answer.js';
import { geminiFailure } from './gemini.errors.js';
import { toGenerateContent } from './gemini.mapper.js';
import type { SafetyRule } from './gemini.safety.js';

export interface GeminiOptions {
  /** Without a version. */
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly apiKey: Secret;
  readonly safety: readonly SafetyRule[];
  readonly runtime: ProviderRuntime;
}

/** Gemini, over `generateContent`. */
export class GeminiLanguageModel implements LanguageModel {
  private readonly client: GoogleGenAI;

  constructor(private readonly options: GeminiOptions) {
    const { baseUrl, apiVersion, apiKey } = options;
    // Without retry options the client does not retry; `enterprise: false` keeps variables of the environment from choosing another service.
    this.client = new GoogleGenAI({ apiKey: apiKey.reveal(), enterprise: false, apiVersion, httpOptions: { baseUrl } });
  }

  async generate(request: GenerationRequest, { signal }: ModelCallOptions): Promise<Generation> {
    const call = this.call(request, signal);
    try {
      call.reader.read(await this.client.models.generateContent(call.parameters));
      return call.reader.generation();
    } catch (error) {
      throw this.failure(error, call);
    }
  }

  async *stream(request: GenerationRequest, { signal }: ModelCallOptions): AsyncGenerator<GenerationPart> {
    const leaving = new AbortController();
    const call = this.call(request, AbortSignal.any([signal, leaving.signal]));
    try {
      for await (const response of await this.client.models.generateContentStream(call.parameters)) yield* call.reader.read(response);
      yield call.reader.finish();
    } catch (error) {
      throw this.failure(error, call);
    } finally {
      // The client lets go of the body when a loop is left, but does not end the request.
      leaving.abort();
    }
  }

  private call(request: GenerationRequest, signal: AbortSignal): GeminiCall {
    signal.throwIfAborted();
    return new GeminiCall(request, signal, this.options);
  }

  private failure(error: unknown, { reader, response, signal }: GeminiCall): ProviderFailure {
    const cause: unknown = signal.aborted && !(error instanceof ProviderFailure) ? abortFailure(signal) : error;
    return geminiFailure(cause, this.options.runtime.now(), { ...reader.billed, response: signal.aborted ? undefined : response });
  }
}

/** One request under way. */
class GeminiCall {
  readonly parameters: GenerateContentParameters;
  readonly reader: GeminiAnswerReader;
  response: Response | undefined;

  constructor(request: GenerationRequest, readonly signal: AbortSignal, { safety, runtime }: GeminiOptions) {
    const { parameters, warnings } = toGenerateContent(request, safety);
    this.reader = new GeminiAnswerReader(parameters.model, warnings);
    const fetch: typeof globalThis.fetch = async (input, init) => (this.response = await runtime.fetch(input, init));
    this.parameters = { ...parameters, config: { ...parameters.config, abortSignal: signal, httpOptions: { fetch } } };
  }
}

import { bodyChunks } from '@tecnocursos/provider-kit';
import { APIError } from 'openai';
import { readEventData } from '../../wire/server-sent-events.js';

export interface OpenAiChatAccess {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
}

export interface OpenAiChatReply {
  /** Parsed JSON, of whatever shape. */
  readonly answer: unknown;
  readonly requestId: string | null;
}

/**
 * `POST /chat/completions` without the SDK, which spends 250 µs of CPU on each call (headers, logs that are off, signals): most of what a call costs us. Its
 * errors are the SDK's own, so that there is one reading of them.
 */
export class OpenAiChatClient {
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(private readonly access: OpenAiChatAccess) {
    this.url = `${access.baseUrl}/chat/completions`;
    this.headers = {
      authorization: `Bearer ${access.apiKey}`, 'content-type': 'application/json', accept: 'application/json',
      ...(access.organization !== undefined && { 'openai-organization': access.organization }), ...(access.project !== undefined && { 'openai-project': access.project }),
    };
  }

  /** @throws APIError for a status that is no success; what `fetch` and `JSON.parse` throw. */
  async complete(body: object, signal: AbortSignal): Promise<OpenAiChatReply> {
    const response = await this.post(body, signal);
    return { answer: JSON.parse(await response.text()) as unknown, requestId: response.headers.get('x-request-id') };
  }

  /** Chunks of a streamed completion, as many together as came together. @throws as `complete`; APIError without a status for an error inside the stream. */
  async *stream(body: object, signal: AbortSignal): AsyncGenerator<unknown[]> {
    const response = await this.post({ ...body, stream: true, stream_options: { include_usage: true } }, signal);
    for await (const events of readEventData(bodyChunks(response))) {
      const chunks = events.filter((data) => data !== DONE).map((data) => JSON.parse(data) as unknown);
      for (const chunk of chunks) throwIfError(chunk, response.headers);
      if (chunks.length > 0) yield chunks;
      if (chunks.length < events.length) return;
    }
  }

  private async post(body: object, signal: AbortSignal): Promise<Response> {
    const response = await this.access.fetch(this.url, { method: 'POST', headers: this.headers, body: JSON.stringify(body), signal });
    if (response.ok) return response;
    throw APIError.generate(response.status, errorOf(await response.text()), undefined, new Headers([...response.headers]));
  }
}

const DONE = '[DONE]';

function throwIfError(chunk: unknown, headers: Headers): void {
  const error: unknown = typeof chunk === 'object' && chunk !== null && 'error' in chunk ? chunk.error : undefined;
  if (error) throw new APIError(undefined, error as object, undefined, new Headers([...headers]));
}

/** The body of an error as the SDK's constructor takes it; one that is no JSON says nothing. */
function errorOf(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

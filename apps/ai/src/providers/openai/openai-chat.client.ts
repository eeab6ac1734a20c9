import { APIError } from 'openai';

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
    const response = await this.access.fetch(this.url, { method: 'POST', headers: this.headers, body: JSON.stringify(body), signal });
    const text = await response.text();
    if (!response.ok) throw APIError.generate(response.status, errorOf(text), undefined, new Headers([...response.headers]));
    return { answer: JSON.parse(text) as unknown, requestId: response.headers.get('x-request-id') };
  }
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

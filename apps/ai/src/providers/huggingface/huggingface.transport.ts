/** What a vendor's server refused with, before its client loses the headers and adds the request to it. */
export class HuggingFaceHttpError extends Error {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** Parsed when it is JSON, else text. */
    readonly body: unknown,
  ) {
    super(`HTTP ${status}`);
    this.name = 'HuggingFaceHttpError';
  }
}

/** A `fetch` that throws what is not a success: the client's own errors have no headers, so no wait, and hold the whole request. */
export function refusing(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok) return response;
    const text = await response.text();
    throw new HuggingFaceHttpError(response.status, response.headers, parsed(text));
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

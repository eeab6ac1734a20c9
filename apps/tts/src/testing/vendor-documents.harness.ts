interface Exchange {
  /** Bodies, already parsed. */
  readonly request?: unknown;
  readonly response?: { readonly status: number; readonly body: unknown };
}

/** By its path: the harness of the sandbox is no part of what its package exports. */
const HARNESS = new URL('../../../sandbox/src/testing/vendor-specs.harness.ts', import.meta.url).pathname;

/** What is wrong with an exchange by the vendor's OpenAPI document; nothing when all is well, or where the documents are not at hand. */
export const { validateExchange } = (await import(HARNESS)) as {
  validateExchange: (document: string, method: string, path: string, exchange: Exchange) => string[];
};

/** Throws what is wrong with the JSON request of a call that the sandbox received. */
export function checkRequest(document: string): (call: { readonly vendor: string; readonly method: string; readonly path: string; readonly request: { readonly body: string | null } | null }) => void {
  return ({ vendor, method, path, request }) => {
    const body = request?.body;
    const problems = validateExchange(document, method, path.replace(`/${vendor}`, '').replace(/\?.*$/, ''), body === null || body === undefined || body === '' ? {} : { request: JSON.parse(body) });
    if (problems.length > 0) throw new Error(`${method} ${path}: ${problems.join('; ')}`);
  };
}

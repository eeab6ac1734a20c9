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

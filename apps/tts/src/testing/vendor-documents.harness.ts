import type { SandboxCall } from '@tecnocursos/contracts';

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
export function checkRequest(document: string): (call: SandboxCall) => void {
  return ({ vendor, method, path, request: { body } }) => {
    const address = path.replace(`/${vendor}/`, '/').replace(/\?.*$/, '');
    const problems = validateExchange(document, method, address, typeof body === 'string' && body !== '' ? { request: JSON.parse(body) } : {});
    if (problems.length > 0) throw new Error(`${method} ${path}: ${problems.join('; ')}`);
  };
}

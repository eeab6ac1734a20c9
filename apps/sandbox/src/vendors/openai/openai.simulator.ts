import type { SimulatedOperation, SimulatedRequest, VendorSimulator } from '../../simulator/vendor-simulator.js';
import { chatOperation } from './chat.operation.js';
import { embeddingsOperation } from './embeddings.operation.js';
import { imagesOperation } from './images.operation.js';
import { modelsOperations } from './models.operations.js';
import { moderationsOperation } from './moderations.operation.js';
import { errorAnswer, NO_KEY, WRONG_KEY } from './openai.errors.js';
import { failOpenAi } from './openai.failures.js';
import { responsesOperations } from './responses.operations.js';

const BEARER = /^Bearer \S+$/i;
/** Limits of an organisation of the first tiers. */
const REQUESTS_PER_MINUTE = 10_000;
const TOKENS_PER_MINUTE = 2_000_000;
const MINUTE_MS = 60_000;
const BYTES_PER_TOKEN = 4;

/**
 * The API of OpenAI as of November 2026: Responses, Chat Completions, moderations, images, embeddings, models.
 * Sources: the vendor's OpenAPI document 2.3.0 and the types of `openai` 7.57.0.
 */
export function openAiSimulator(): VendorSimulator {
  const operations: SimulatedOperation[] = [chatOperation(), ...responsesOperations(), moderationsOperation, imagesOperation(), embeddingsOperation, ...modelsOperations];
  const budget = new MinuteBudget();
  return {
    id: 'openai',
    title: 'OpenAI',
    operations,
    plausibleFaults: [
      { fault: 'rate_limited_retry_after_seconds', weight: 30 }, { fault: 'rate_limited_retry_after_ms', weight: 10 }, { fault: 'server_error', weight: 25 },
      { fault: 'unavailable', weight: 25 }, { fault: 'connection_reset', weight: 5 }, { fault: 'truncated_body', weight: 5 },
    ],
    authenticate: ({ headers: { authorization } }) => {
      if (authorization === undefined) return errorAnswer(401, NO_KEY);
      return BEARER.test(authorization) ? undefined : errorAnswer(401, WRONG_KEY);
    },
    fail: (fault, _rule, request, context) => failOpenAi(fault, request, context),
    unrouted: (request) => unrouted(request, operations),
    headers: (request, context, elapsedMs) => ({
      'x-request-id': `req_${context.newToken(32).toLowerCase()}`,
      'openai-version': '2020-10-01',
      'openai-organization': 'org-sandbox',
      'openai-processing-ms': String(Math.round(elapsedMs)),
      ...(request.method === 'POST' && budget.spend(request.body.length / BYTES_PER_TOKEN, context.now())),
    }),
  };
}

/** A known path asked with another method is told apart from an unknown one. */
function unrouted({ method, path }: SimulatedRequest, operations: readonly SimulatedOperation[]): ReturnType<VendorSimulator['unrouted']> {
  const isKnown = operations.some((operation) => operation.path === path);
  const message = isKnown ? `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)` : `Invalid URL (${method} ${path})`;
  return errorAnswer(isKnown ? 405 : 404, { message, type: 'invalid_request_error', param: null, code: isKnown ? 'method_not_supported' : null });
}

/** What is left of the minute's requests and tokens, as the `x-ratelimit-*` headers tell it. Nothing is refused for it: the fault menu does that. */
class MinuteBudget {
  private minute = 0;
  private requests = 0;
  private tokens = 0;

  spend(tokens: number, now: number): Record<string, string> {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) Object.assign(this, { minute, requests: 0, tokens: 0 });
    this.requests += 1;
    this.tokens += Math.ceil(tokens);
    const seconds = `${Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / 1_000)}s`;
    return {
      'x-ratelimit-limit-requests': String(REQUESTS_PER_MINUTE),
      'x-ratelimit-limit-tokens': String(TOKENS_PER_MINUTE),
      'x-ratelimit-remaining-requests': String(Math.max(0, REQUESTS_PER_MINUTE - this.requests)),
      'x-ratelimit-remaining-tokens': String(Math.max(0, TOKENS_PER_MINUTE - this.tokens)),
      'x-ratelimit-reset-requests': seconds,
      'x-ratelimit-reset-tokens': seconds,
    };
  }
}

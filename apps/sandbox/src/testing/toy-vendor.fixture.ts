import type { SimulatedOperation, VendorSimulator } from '../simulator/vendor-simulator.js';

const LATENCY = { p50: 200, p99: 2_000 };

async function* countTo(limit: number): AsyncGenerator<string> {
  for (let number = 1; number <= limit; number += 1) yield `data: {"number":${number}}\n\n`;
}

const echo: SimulatedOperation = {
  name: 'echo', method: 'POST', path: '/v1/echo', latency: LATENCY,
  handle: (request, _params, context) => ({ status: 200, body: { id: context.newToken(8), echo: request.json() ?? null, base: context.baseUrl } }),
};

/** The smallest vendor there can be. */
export const toyVendor = (): VendorSimulator => ({
  id: 'toy',
  title: 'Toy',
  operations: [
    echo,
    { name: 'stream', method: 'POST', path: '/v1/stream', latency: LATENCY, handle: () => ({ status: 200, stream: countTo(5) }) },
    { name: 'things.get', method: 'GET', path: '/v1/things/{thing}', latency: LATENCY, handle: (_request, { thing }) => ({ status: 200, body: { thing } }) },
    {
      name: 'defect', method: 'GET', path: '/v1/defect', latency: LATENCY,
      handle: () => {
        throw new TypeError('a defect');
      },
    },
    {
      name: 'wait', method: 'GET', path: '/v1/wait', latency: LATENCY,
      handle: async (request, _params, context) => {
        await context.pause(100, request.signal);
        return { status: 204 };
      },
    },
  ],
  authenticate: ({ headers }) => (headers.authorization === undefined ? { status: 401, body: { error: 'who are you?' } } : undefined),
  fail: (fault) => ({ status: fault === 'rate_limited' ? 429 : fault === 'error_in_success' || fault === 'empty_answer' ? 200 : 500, body: { error: fault } }),
  unrouted: () => ({ status: 404, body: { error: 'no such path' } }),
  headers: (_request, context) => ({ 'x-request-id': context.newToken(6) }),
});

import type { SimulatedOperation } from '../../simulator/vendor-simulator.js';
import { answering } from './openai.errors.js';
import { getModel, listModels } from './openai.models.js';

const LATENCY = { p50: 120, p99: 800 };

/** `GET /v1/models` and one of them. */
export const modelsOperations: readonly SimulatedOperation[] = [
  { name: 'models.list', method: 'GET', path: '/v1/models', latency: LATENCY, handle: (_request, _params, context) => ({ status: 200, body: { object: 'list', data: listModels(context.now()) } }) },
  {
    name: 'models.get', method: 'GET', path: '/v1/models/{model}', latency: LATENCY,
    handle: (_request, { model = '' }, context) => answering(() => ({ status: 200, body: getModel(model, context.now()) })),
  },
];

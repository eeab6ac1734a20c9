import type { SimulatedOperation, VendorSimulator } from '../../simulator/vendor-simulator.js';
import { failSynthesia, refusal } from './synthesia.errors.js';
import { SynthesiaVideos, type VideosOptions } from './synthesia.videos.js';
import { SynthesiaWebhooks } from './synthesia.webhooks.js';

const QUICK = { p50: 150, p99: 1_200 };
const SLOW = { p50: 800, p99: 5_000 };
const WORKSPACE: VideosOptions = { queueMs: 150, workMs: 1_500, resultMs: 3_600_000 };

/** Videos and webhooks of Synthesia’s API v2. Source: the vendor's OpenAPI document of April 2026 and its pages about webhooks. Recordings are taken at the same address, which is a host of its own at the vendor. */
export function synthesiaSimulator(options: Partial<VideosOptions> = {}): VendorSimulator {
  const webhooks = new SynthesiaWebhooks();
  const videos = new SynthesiaVideos({ ...WORKSPACE, ...options }, webhooks);
  return {
    id: 'synthesia',
    title: 'Synthesia',
    operations: operationsOf(videos, webhooks),
    authenticate: ({ headers, path }) => {
      if (path.startsWith('/files/')) return undefined;
      const key = headers.authorization ?? '';
      return key.length >= 8 && !/\s/.test(key) ? undefined : refusal(403, 'Invalid API key');
    },
    fail: (fault) => failSynthesia(fault),
    unrouted: () => refusal(404, 'Not found'),
    headers: (_request, context) => ({ 'x-request-id': context.newToken(20) }),
  };
}

const operationsOf = (videos: SynthesiaVideos, webhooks: SynthesiaWebhooks): SimulatedOperation[] => [
  { name: 'videos.create', method: 'POST', path: '/v2/videos', latency: SLOW, handle: (request, _params, context) => videos.create(request, context) },
  { name: 'videos.list', method: 'GET', path: '/v2/videos', latency: QUICK, handle: (request, _params, context) => videos.list(request, context) },
  { name: 'videos.get', method: 'GET', path: '/v2/videos/{id}', latency: QUICK, handle: (_request, { id = '' }, context) => videos.read(id, context) },
  { name: 'videos.delete', method: 'DELETE', path: '/v2/videos/{id}', latency: QUICK, handle: (_request, { id = '' }) => videos.remove(id) },
  { name: 'scriptAudio.create', method: 'POST', path: '/v2/scriptAudio', latency: SLOW, handle: (request, _params, context) => videos.upload(request, context) },
  { name: 'webhooks.create', method: 'POST', path: '/v2/webhooks', latency: QUICK, handle: (request, _params, context) => webhooks.create(request, context) },
  { name: 'webhooks.list', method: 'GET', path: '/v2/webhooks', latency: QUICK, handle: () => webhooks.list() },
  { name: 'webhooks.get', method: 'GET', path: '/v2/webhooks/{id}', latency: QUICK, handle: (_request, { id = '' }) => webhooks.get(id) },
  { name: 'webhooks.delete', method: 'DELETE', path: '/v2/webhooks/{id}', latency: QUICK, handle: (_request, { id = '' }) => webhooks.remove(id) },
  { name: 'files', method: 'GET', path: '/files/{file}', latency: QUICK, handle: (request, { file = '' }, context) => videos.file(file, request, context) },
];

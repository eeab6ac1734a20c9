import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext, VendorSimulator } from '../../simulator/vendor-simulator.js';
import { isRefusedContent, phaseOf, RenderStore, type Render, type RenderTimes } from '../../media/render-store.js';
import { simulatedVideo } from '../../media/simulated-video.js';
import { failRunway, noCredits, refusal } from './runway.errors.js';
import { creditsOf, readOrder, type RunwayOrder } from './runway.orders.js';

export interface RunwayOptions extends RenderTimes {
  readonly credits: number;
  /** Tasks that run at once; further ones are THROTTLED. */
  readonly concurrency: number;
  /** Milliseconds that must lie between two questions about one task. */
  readonly pollMs: number;
}

const QUICK = { p50: 100, p99: 800 };
const SLOW = { p50: 900, p99: 6_000 };
const VERSION = '2024-11-06';
const RESULT_MS = 24 * 3_600_000;
const ORGANIZATION: RunwayOptions = { credits: 100_000, concurrency: 3, pollMs: 4_500, queueMs: 200, workMs: 2_000 };

/** Image to video, tasks and credits of Runway. Source: the vendor's OpenAPI document of August 2026 and `@runwayml/sdk` 4.20.1. Whoever asks about a task too often is told so. */
export function runwaySimulator(options: Partial<RunwayOptions> = {}): VendorSimulator {
  const organization = new Organization({ ...ORGANIZATION, ...options });
  return {
    id: 'runway',
    title: 'Runway',
    operations: operationsOf(organization),
    authenticate: ({ headers, path }) => {
      if (path.startsWith('/files/')) return undefined;
      if (!/^Bearer \S{8,}$/.test(headers.authorization ?? '')) return refusal(401, 'The API key is missing or invalid.');
      return headers['x-runway-version'] === VERSION ? undefined : refusal(400, `The X-Runway-Version header is missing or invalid; use ${VERSION}.`);
    },
    fail: (fault) => failRunway(fault),
    unrouted: () => refusal(404, 'Not found'),
    headers: (_request, context) => ({ 'x-request-id': context.newToken(20) }),
  };
}

const operationsOf = (organization: Organization): SimulatedOperation[] => [
  { name: 'image_to_video.create', method: 'POST', path: '/v1/image_to_video', latency: SLOW, handle: (request, _params, context) => organization.create(request, context) },
  { name: 'tasks.get', method: 'GET', path: '/v1/tasks/{id}', latency: QUICK, handle: (_request, { id = '' }, context) => organization.read(id, context) },
  { name: 'tasks.delete', method: 'DELETE', path: '/v1/tasks/{id}', latency: QUICK, handle: (_request, { id = '' }, context) => organization.cancel(id, context) },
  { name: 'organization.get', method: 'GET', path: '/v1/organization', latency: QUICK, handle: () => ({ status: 200, body: organization.shown() }) },
  { name: 'files', method: 'GET', path: '/files/{file}', latency: QUICK, handle: (request, { file = '' }, context) => organization.file(file, request, context) },
];

type Task = RunwayOrder & { readonly throttledUntil: number; readonly unsafe: boolean };

class Organization {
  private credits: number;
  private readonly tasks = new RenderStore<Task>();
  private readonly askedAt = new Map<string, number>();

  constructor(private readonly options: RunwayOptions) {
    this.credits = options.credits;
  }

  create(request: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const order = readOrder(request.json());
    if ('status' in order) return order;
    const credits = creditsOf(order);
    if (credits > this.credits) return noCredits();
    this.credits -= credits;
    const now = context.now();
    const running = this.tasks.list().filter((task) => ['queued', 'working'].includes(phaseOf(task, now)));
    const wait = running.length >= this.options.concurrency ? Math.max(0, ...running.map(({ endsAt }) => endsAt - now)) : 0;
    const { still, width, height, seconds, prompt } = order;
    const media = simulatedVideo({ sound: { silenceMs: seconds * 1_000 }, width, height, description: prompt, ...(still && { still }) });
    const task = { ...order, throttledUntil: now + wait, unsafe: isRefusedContent(prompt) };
    const { id } = this.tasks.add(uuidOf(context), task, { queueMs: this.options.queueMs + wait, workMs: this.options.workMs }, media, context);
    return { status: 200, body: { id, estimatedCost: { credits } } };
  }

  read(id: string, context: SimulatorContext): SimulatedResponse {
    const task = this.tasks.get(id);
    if (!task) return refusal(404, 'Task not found');
    const last = this.askedAt.get(id) ?? -Infinity;
    if (context.now() - last < this.options.pollMs) return { ...refusal(429, 'Poll a task no more often than once every five seconds.'), headers: { 'retry-after': '5' } };
    this.askedAt.set(id, context.now());
    return { status: 200, body: this.shownTask(task, context) };
  }

  cancel(id: string, context: SimulatorContext): SimulatedResponse {
    const task = this.tasks.get(id);
    if (!task) return refusal(404, 'Task not found');
    if (phaseOf(task, context.now()) !== 'done') this.credits += creditsOf(task.order);
    task.removed = true;
    return { status: 204 };
  }

  file(name: string, { query }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const task = this.tasks.get(name.split('.')[0] ?? '');
    if (!task?.file || Number(query.get('exp')) < context.now()) return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'expired' };
    return { status: 200, headers: { 'content-type': 'video/mp4' }, body: task.file };
  }

  shown(): object {
    return { creditBalance: this.credits, tier: { maxMonthlyCreditSpend: this.options.credits, models: {} }, usage: { models: {} } };
  }

  private shownTask(task: Render<Task>, context: SimulatorContext): object {
    const { id, order, createdAt, startsAt, endsAt } = task;
    const now = context.now();
    const credits = creditsOf(order);
    const base = { id, createdAt: new Date(createdAt).toISOString() };
    switch (phaseOf(task, now)) {
      case 'queued':
        return { ...base, status: now < order.throttledUntil ? 'THROTTLED' : 'PENDING', estimatedCost: { credits } };
      case 'working':
        return { ...base, status: 'RUNNING', progress: Math.min(0.99, (now - startsAt) / (endsAt - startsAt)), estimatedCost: { credits } };
      case 'failed':
        return { ...base, status: 'FAILED', failure: 'An unexpected error occurred.', failureCode: 'INTERNAL.BAD_OUTPUT.CODE01', cost: { credits: 0 } };
      case 'done':
        if (order.unsafe) return { ...base, status: 'FAILED', failure: 'The input was flagged by moderation.', failureCode: 'SAFETY.INPUT.TEXT', cost: { credits } };
        return { ...base, status: 'SUCCEEDED', output: [`${context.baseUrl}/files/${id}.mp4?exp=${now + RESULT_MS}`], cost: { credits } };
    }
  }
}

function uuidOf(context: SimulatorContext): string {
  const hex = Buffer.from(context.newToken(16), 'latin1').toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

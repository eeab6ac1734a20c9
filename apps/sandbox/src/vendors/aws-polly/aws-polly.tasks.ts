import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { exception } from './aws-polly.errors.js';
import { readPollyOrder, TASK, type PollyOrder } from './aws-polly.request.js';
import { contentTypeOf, render } from './aws-polly.speech.js';

interface Task {
  readonly body: Record<string, unknown>;
  readonly key: string;
}

export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
}

const TASK_MS = 4_000;
const KEPT = 200;
const EXTENSIONS: Readonly<Record<string, string>> = { mp3: 'mp3', ogg_vorbis: 'ogg', ogg_opus: 'opus', pcm: 'pcm', json: 'marks' };

/** Speech of long texts, made in the background and written to a bucket, which can be read below `/s3/`. */
export function taskOperations(): SimulatedOperation[] {
  const tasks = new Map<string, Task>();
  const objects = new Map<string, StoredObject>();
  const latency = { p50: 120, p99: 900 };
  return [
    { name: 'tasks.start', method: 'POST', path: '/v1/synthesisTasks', latency, handle: (request, _params, context) => start(request, context, tasks, objects) },
    { name: 'tasks.list', method: 'GET', path: '/v1/synthesisTasks', latency, handle: () => ({ status: 200, body: { SynthesisTasks: [...tasks.values()].map(({ body }) => body) } }) },
    {
      name: 'tasks.get', method: 'GET', path: '/v1/synthesisTasks/{task}', latency,
      handle: (_request, { task = '' }) => {
        const known = tasks.get(task);
        return known ? { status: 200, body: { SynthesisTask: known.body } } : exception(400, 'SynthesisTaskNotFoundException', 'The Speech Synthesis task with requested Task ID cannot be found.');
      },
    },
    {
      name: 's3.get-object', method: 'GET', path: '/s3/{key+}', latency,
      handle: (_request, { key = '' }) => {
        const object = objects.get(key);
        if (object) return { status: 200, headers: { 'content-type': object.contentType }, body: object.bytes };
        return { status: 404, headers: { 'content-type': 'application/xml' }, body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>' };
      },
    },
  ];
}

function start(request: SimulatedRequest, context: SimulatorContext, tasks: Map<string, Task>, objects: Map<string, StoredObject>): SimulatedResponse {
  const body = request.json() as Record<string, unknown> | undefined;
  const bucket = body?.OutputS3BucketName;
  if (typeof bucket !== 'string' || !/^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/.test(bucket)) return exception(400, 'InvalidS3BucketException', 'The provided Amazon S3 bucket name is invalid.');
  const order = readPollyOrder(body, TASK);
  if ('status' in order) return order;
  const id = [8, 4, 4, 4, 12].map((length) => context.newToken(length).toLowerCase()).join('-');
  const prefix = typeof body?.OutputS3KeyPrefix === 'string' ? `${body.OutputS3KeyPrefix}.` : '';
  const key = `${bucket}/${prefix}${id}.${EXTENSIONS[order.output] ?? order.output}`;
  const task: Task = {
    key,
    body: {
      TaskId: id, TaskStatus: 'scheduled', OutputUri: `${context.baseUrl}/s3/${key}`, CreationTime: Math.floor(context.now() / 1_000), RequestCharacters: order.characters, Engine: order.engine, OutputFormat: order.output,
      VoiceId: order.voice.Id, TextType: body?.TextType ?? 'text', LanguageCode: order.voice.LanguageCode,
    },
  };
  tasks.set(id, task);
  for (const old of [...tasks.keys()].slice(0, Math.max(0, tasks.size - KEPT))) tasks.delete(old);
  work(order, task, context, objects).catch((error: unknown) => Object.assign(task.body, { TaskStatus: 'failed', TaskStatusReason: error instanceof Error ? error.message : 'failed' }));
  return { status: 200, body: { SynthesisTask: { ...task.body } } };
}

async function work(order: PollyOrder, { body, key }: Task, context: SimulatorContext, objects: Map<string, StoredObject>): Promise<void> {
  const { signal } = new AbortController();
  await context.pause(TASK_MS / 4, signal);
  body.TaskStatus = 'inProgress';
  const bytes = await render(order, signal);
  await context.pause(TASK_MS, signal);
  objects.set(key, { bytes, contentType: contentTypeOf(order.output) });
  for (const old of [...objects.keys()].slice(0, Math.max(0, objects.size - KEPT))) objects.delete(old);
  body.TaskStatus = 'completed';
}

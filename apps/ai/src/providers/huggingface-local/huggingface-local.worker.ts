import { parentPort, workerData } from 'node:worker_threads';
import type { TextClassificationPipeline } from '@huggingface/transformers';
import type { EngineOptions, EngineReply, EngineTask } from './huggingface-local.protocol.js';

/**
 * A model in a thread of its own: the engine computes without giving way, and would stop everything else in the process meanwhile. Imports nothing of the
 * project but types, so that Node runs it from its source too.
 */
const options = workerData as EngineOptions;
let loading: Promise<TextClassificationPipeline> | undefined;

async function load(): Promise<TextClassificationPipeline> {
  const { env, pipeline } = await import('@huggingface/transformers');
  env.cacheDir = options.cacheDir;
  env.allowRemoteModels = options.allowRemoteModels;
  env.allowLocalModels = options.localModelPath !== undefined;
  if (options.localModelPath !== undefined) env.localModelPath = options.localModelPath;
  return pipeline('text-classification', options.model, { dtype: options.dtype, device: 'cpu' });
}

async function classify(texts: readonly string[]): Promise<{ label: string; score: number }[][]> {
  loading ??= load();
  try {
    const classifier = await loading;
    const classes: { label: string; score: number }[][] = [];
    // One after the other: a batch is padded, which costs time and memory for the longest text.
    for (const text of texts) classes.push([(await classifier(text, { top_k: 0x7fffffff })) as { label: string; score: number }[]].flat());
    return classes;
  } catch (error) {
    // The next task tries to load it again: a download may have failed.
    loading = undefined;
    throw error;
  }
}

async function answer(task: EngineTask): Promise<EngineReply> {
  try {
    if (task.kind === 'classify') return { id: task.id, classes: await classify(task.texts) };
    await import('@huggingface/transformers');
    return { id: task.id, classes: [] };
  } catch (error) {
    return { id: task.id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (task: EngineTask) => void answer(task).then((reply) => parentPort?.postMessage(reply)));

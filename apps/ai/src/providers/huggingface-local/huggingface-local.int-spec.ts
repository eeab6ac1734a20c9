import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureProvider, type ProviderDefinition, type ProviderFailure, type ProviderSettings } from '@tecnocursos/provider-kit';
import type { SentimentClassifier } from '../../ports/sentiment-classifier.port.js';
import { AI_PROVIDERS } from '../index.js';
import { LocalEngine } from './huggingface-local.engine.js';
import { engineProblem } from './huggingface-local.errors.js';
import { writeSentimentModel } from './huggingface-local.fixture.js';
import { huggingfaceLocal } from './huggingface-local.provider.js';

const MODEL = 'tecnocursos/tiny-sentiment';
const signal = new AbortController().signal;
const definition = AI_PROVIDERS.find(({ id }) => id === 'huggingface-local') as (typeof AI_PROVIDERS)[number];

describe('a model of the hub on this machine', () => {
  let folder: string;
  const settings = (more: Record<string, string> = {}): ProviderSettings => {
    const variables = {
      HUGGINGFACE_LOCAL_ENABLED: 'true', HUGGINGFACE_LOCAL_MODEL: MODEL, HUGGINGFACE_LOCAL_MODEL_PATH: folder, HUGGINGFACE_LOCAL_CACHE_DIR: join(folder, 'cache'),
      HUGGINGFACE_LOCAL_ALLOW_REMOTE: 'false', ...more,
    };
    const configured = configureProvider(huggingfaceLocal as unknown as ProviderDefinition<never>, variables, { url: undefined, production: true });
    if ('problems' in configured) throw new Error(configured.problems.join());
    return configured.settings;
  };
  const classifier = (more: Record<string, string> = {}): SentimentClassifier => {
    const { sentiment } = definition.create(settings(more), { fetch: globalThis.fetch, now: Date.now });
    if (!sentiment) throw new Error('no classifier');
    return sentiment;
  };
  const failureOf = async (call: Promise<unknown>): Promise<ProviderFailure> => {
    try {
      await call;
    } catch (error) {
      return huggingfaceLocal.toFailure(error, 0);
    }
    throw new Error('The call did not fail.');
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huggingface-local-'));
    await writeSentimentModel(folder, MODEL);
    await writeSentimentModel(folder, 'tecnocursos/cats', ['cat', 'dog', 'cow']);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells the sentiment of texts', async () => {
    const sentiment = classifier();
    expect(await sentiment.classify('Adorei! Ótima aula.', { signal })).toEqual({ label: 'positive', score: expect.any(Number), model: MODEL, usage: { requests: 1 } });
    expect((await sentiment.classify('Péssima. Detestei a aula', { signal })).label).toBe('negative');
    expect(await sentiment.classify('uma aula', { signal })).toMatchObject({ label: 'neutral' });
    const { score } = await sentiment.classify('adorei', { signal });
    expect(score).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 1 + Math.exp(-6)), 4);
  });

  it('reads a long text to its end', async () => {
    const text = `${'uma aula '.repeat(110)}${'detestei '.repeat(400)}`;
    expect(await classifier().classify(text.slice(0, 5_000), { signal })).toMatchObject({ label: 'negative' });
  });

  it.each([
    ['a model that is not there', { HUGGINGFACE_LOCAL_MODEL: 'tecnocursos/absent' }, 'unavailable', 'HUGGINGFACE_LOCAL_MODEL_PATH'],
    ['a precision that is not there', { HUGGINGFACE_LOCAL_DTYPE: 'q8' }, 'unavailable', 'HUGGINGFACE_LOCAL_DTYPE'],
    ['a model of something else', { HUGGINGFACE_LOCAL_MODEL: 'tecnocursos/cats' }, 'malformed', 'tecnocursos/cats'],
    ['no model', { HUGGINGFACE_LOCAL_MODEL: '' }, 'unsupported', 'set HUGGINGFACE_LOCAL_MODEL'],
  ])('says what to do about %s', async (_title, variables, kind, detail) => {
    expect(await failureOf(classifier(variables).classify('adorei', { signal }))).toMatchObject({ kind, detail: expect.stringContaining(detail) });
  });

  it('loads a model that came later', async () => {
    const name = 'tecnocursos/late';
    const sentiment = classifier({ HUGGINGFACE_LOCAL_MODEL: name });
    expect(await failureOf(sentiment.classify('adorei', { signal }))).toMatchObject({ kind: 'unavailable' });
    await writeSentimentModel(folder, name);
    expect(await sentiment.classify('adorei', { signal })).toMatchObject({ label: 'positive' });
  });

  it('gives up at once', async () => {
    const controller = new AbortController();
    const call = classifier().classify('adorei', { signal: controller.signal });
    controller.abort();
    expect(await failureOf(call)).toMatchObject({ kind: 'canceled' });
    expect(await failureOf(classifier().classify('adorei', { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'canceled' });
  });

  it('is up where the engine loads, and down without a model', async () => {
    expect(await definition.probe?.(settings())).toEqual({ status: 'up' });
    expect(await definition.probe?.(settings({ HUGGINGFACE_LOCAL_MODEL: '' }))).toEqual({ status: 'down', detail: expect.stringContaining('Set HUGGINGFACE_LOCAL_MODEL') });
  });

  it('is off unless it is enabled', () => {
    expect(settings({ HUGGINGFACE_LOCAL_ENABLED: '' }).mode).toBe('off');
  });

  it('starts a thread again that has died', async () => {
    const entry = join(folder, 'mortal.mjs');
    await writeFile(entry, "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ id, kind }) => (kind === 'probe' ? process.exit(3) : parentPort.postMessage({ id, classes: [] })));\n");
    const engine = new LocalEngine({ model: MODEL, cacheDir: folder, localModelPath: folder, allowRemoteModels: false, dtype: 'fp32' }, pathToFileURL(entry));
    await expect(engine.ask({ kind: 'probe' })).rejects.toThrow('the thread has ended');
    expect(await engine.ask({ kind: 'classify', texts: [] })).toEqual([]);
    await engine.close();
  });

  it.each([
    ["Cannot find module '../bin/napi-v6/linux/riscv64/onnxruntime_binding.node'", 'onnxruntime-node has no program'],
    ['libonnxruntime.so.1: cannot open shared object file: No such file or directory', 'onnxruntime-node has no program'],
    ['fetch failed', 'cannot be reached'],
    ['whatever else', 'The local engine failed.'],
  ])('has a remedy for "%s"', (message, remedy) => {
    expect(engineProblem(message)).toContain(remedy);
  });
});

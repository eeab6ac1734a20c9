import { defineProvider, FREE } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { AiProvider } from '../../ports/ai-provider.port.js';
import { HuggingFaceLocalSentimentClassifier } from './huggingface-local.adapter.js';
import { EngineError, LocalEngine } from './huggingface-local.engine.js';
import { engineProblem, huggingFaceLocalFailure } from './huggingface-local.errors.js';
import type { EngineOptions } from './huggingface-local.protocol.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const NO_MODEL = 'none';

const environment = {
  HUGGINGFACE_LOCAL_MODEL: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'Use the name on the hub: org/name.').optional()
    .meta({ description: 'ONNX model that tells the sentiment of a text on this machine, `org/name`; needs HUGGINGFACE_LOCAL_ENABLED' }),
  HUGGINGFACE_LOCAL_CACHE_DIR: z.string().min(1).default('.data/huggingface').meta({ description: 'folder that models are downloaded to' }),
  HUGGINGFACE_LOCAL_MODEL_PATH: z.string().min(1).optional().meta({ description: 'folder with models as `org/name`, looked into before the hub is asked' }),
  HUGGINGFACE_LOCAL_ALLOW_REMOTE: flag.default(true).meta({ description: 'false: models are never downloaded' }),
  HUGGINGFACE_LOCAL_DTYPE: z.enum(['fp32', 'fp16', 'q8', 'q4']).default('fp32').meta({ description: 'precision of the model: which of its ONNX files is used' }),
};

const optionsOf = (values: z.output<z.ZodObject<typeof environment>>): EngineOptions => ({
  model: values.HUGGINGFACE_LOCAL_MODEL ?? NO_MODEL,
  cacheDir: values.HUGGINGFACE_LOCAL_CACHE_DIR,
  localModelPath: values.HUGGINGFACE_LOCAL_MODEL_PATH,
  allowRemoteModels: values.HUGGINGFACE_LOCAL_ALLOW_REMOTE,
  dtype: values.HUGGINGFACE_LOCAL_DTYPE,
});

/** Models of the hub on this machine: no network once they are here, no price. Off unless it is asked for, because a model is large. */
export const huggingfaceLocal = defineProvider<AiProvider>()({
  id: 'huggingface-local',
  title: 'Hugging Face models on this machine',
  domain: 'ai',
  kind: 'local',
  capabilities: ['analyze-content'],
  variablePrefix: 'HUGGINGFACE_LOCAL',
  credentials: [],
  // One thread computes; the first call loads the model.
  defaults: { enabled: false, concurrency: 4, queue: 64, priority: 800 },
  environment,
  prices: FREE,
  create({ environment: values }) {
    const model = values.HUGGINGFACE_LOCAL_MODEL;
    const name = model ?? NO_MODEL;
    return { models: { economy: name, standard: name, premium: name }, sentiment: new HuggingFaceLocalSentimentClassifier(new LocalEngine(optionsOf(values)), model) };
  },
  toFailure: huggingFaceLocalFailure,
  async probe({ environment: values }) {
    if (values.HUGGINGFACE_LOCAL_MODEL === undefined) return { status: 'down', detail: 'Set HUGGINGFACE_LOCAL_MODEL to the model that shall be used.' };
    const engine = new LocalEngine(optionsOf(values));
    try {
      await engine.ask({ kind: 'probe' });
      return { status: 'up' };
    } catch (error) {
      return { status: 'down', detail: engineProblem(error instanceof EngineError ? error.message : '') };
    } finally {
      await engine.close();
    }
  },
});

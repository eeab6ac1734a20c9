import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { encodeSpeech } from '../../speech/encode-speech.js';
import { speak } from '../../speech/speech-engine.js';

export interface Prediction {
  readonly id: string;
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  /** Names the file; whoever knows it may read the file. */
  readonly fileToken: string;
  readonly abort: AbortController;
  status: 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  startedAt?: number;
  completedAt?: number;
  error?: string;
  audio?: Buffer;
}

const BOOT_MS = 2_500;
/** Milliseconds that the model runs for each character. */
const RUN_MS = 90;
const LONGEST_S = 14;
const FILE_LIFE_MS = 3_600_000;
const KEPT = 200;
const PRESET = /^(v2\/)?(pt|en|de|es|fr|hi|it|ja|ko|pl|ru|tr|zh)_speaker_[0-9]$|^announcer$/;
const WAV = { codec: 'wav', sampleRate: 24_000 } as const;
const UNSAFE = /\b(nsfw)\b/i;

export const problem = (status: number, title: string, detail: string): SimulatedResponse => ({ status, headers: { 'content-type': 'application/problem+json' }, body: { title, detail, status } });

/** Bark speaks some 14 seconds at once, whatever the text. */
export async function barkAudio(text: string, preset: string, signal: AbortSignal): Promise<Buffer> {
  const language = preset.includes('pt_') ? 'pt' : 'en';
  const number = Number(preset.at(-1)) || 0;
  const { samples } = await speak([{ text, pauseMs: 0, speed: 1 }], { language, gender: (language === 'pt' ? number === 4 : number === 9) ? 'female' : 'male', variant: number }, signal);
  return encodeSpeech(samples.subarray(0, LONGEST_S * 22_050), WAV, signal);
}

export const isPreset = (value: unknown): value is string => typeof value === 'string' && PRESET.test(value);

export function predictionOperations(predictions: Map<string, Prediction>): SimulatedOperation[] {
  const latency = { p50: 150, p99: 1_000 };
  const found = (id: string, then: (prediction: Prediction) => SimulatedResponse): SimulatedResponse => {
    const prediction = predictions.get(id);
    return prediction ? then(prediction) : problem(404, 'Not found', 'The requested resource could not be found.');
  };
  return [
    { name: 'predictions.create', method: 'POST', path: '/v1/predictions', latency, handle: (request, _params, context) => create(request, context, predictions) },
    { name: 'predictions.get', method: 'GET', path: '/v1/predictions/{id}', latency, handle: (_request, { id = '' }, context) => found(id, (prediction) => ({ status: 200, body: bodyOf(prediction, context) })) },
    {
      name: 'predictions.cancel', method: 'POST', path: '/v1/predictions/{id}/cancel', latency,
      handle: (_request, { id = '' }, context) => found(id, (prediction) => {
        if (prediction.status === 'starting' || prediction.status === 'processing') {
          Object.assign(prediction, { status: 'canceled', completedAt: context.now() });
          prediction.abort.abort();
        }
        return { status: 200, body: bodyOf(prediction, context) };
      }),
    },
    {
      name: 'files.get', method: 'GET', path: '/files/{token}/audio.wav', latency,
      handle: (_request, { token = '' }, context) => {
        const prediction = [...predictions.values()].find(({ fileToken }) => fileToken === token);
        const isThere = prediction?.audio !== undefined && (prediction.completedAt ?? 0) + FILE_LIFE_MS > context.now();
        return isThere ? { status: 200, headers: { 'content-type': 'audio/wav' }, body: prediction.audio ?? Buffer.alloc(0) } : { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' };
      },
    },
  ];
}

function create(request: SimulatedRequest, context: SimulatorContext, predictions: Map<string, Prediction>): SimulatedResponse {
  const { version, input } = (request.json() ?? {}) as { version?: unknown; input?: Record<string, unknown> };
  if (typeof version !== 'string' || !/^([0-9a-f]{64}|suno-ai\/bark(:[0-9a-f]{64})?)$/.test(version)) return problem(422, 'Invalid version or not permitted', 'The specified version does not exist (or perhaps you don\'t have permission to use it?)');
  if (typeof input?.prompt !== 'string' || input.prompt === '') return problem(422, 'Input validation failed', '- input: prompt is required\n');
  if (input.history_prompt !== undefined && !isPreset(input.history_prompt)) return problem(422, 'Input validation failed', '- input.history_prompt: must be one of the following: "announcer", "en_speaker_0", …\n');
  const prediction: Prediction = { id: context.newToken(26).toLowerCase(), version, input, createdAt: context.now(), fileToken: context.newToken(48), abort: new AbortController(), status: 'starting' };
  predictions.set(prediction.id, prediction);
  for (const old of [...predictions.keys()].slice(0, Math.max(0, predictions.size - KEPT))) predictions.delete(old);
  run(prediction, input.prompt, context).catch((error: unknown) => {
    if (prediction.status !== 'canceled') Object.assign(prediction, { status: 'failed', error: error instanceof Error ? error.message : 'failed', completedAt: context.now() });
  });
  return { status: 201, body: bodyOf(prediction, context) };
}

async function run(prediction: Prediction, prompt: string, context: SimulatorContext): Promise<void> {
  const { signal } = prediction.abort;
  await context.pause(BOOT_MS, signal);
  Object.assign(prediction, { status: 'processing', startedAt: context.now() });
  if (UNSAFE.test(prompt)) throw new Error('NSFW content detected. Try running it again, or try a different prompt.');
  const audio = await barkAudio(prompt, isPreset(prediction.input.history_prompt) ? prediction.input.history_prompt : 'en_speaker_0', signal);
  await context.pause(prompt.length * RUN_MS, signal);
  signal.throwIfAborted();
  Object.assign(prediction, { status: 'succeeded', audio, completedAt: context.now() });
}

function bodyOf(prediction: Prediction, { baseUrl }: SimulatorContext): object {
  const { id, version, input, status, error, createdAt, startedAt, completedAt, fileToken, audio } = prediction;
  const url = `${baseUrl}/v1/predictions/${id}`;
  const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
  const seconds = startedAt !== undefined && completedAt !== undefined ? Math.max(completedAt - startedAt, String(input.prompt).length * RUN_MS) / 1_000 : undefined;
  return {
    id, model: 'suno-ai/bark', version, input, logs: '', output: audio ? { audio_out: `${baseUrl}/files/${fileToken}/audio.wav`, prompt_npz: null } : null, data_removed: false, error: error ?? null, status,
    created_at: iso(createdAt), started_at: iso(startedAt), completed_at: iso(completedAt), urls: { get: url, cancel: `${url}/cancel` }, ...(seconds !== undefined && { metrics: { predict_time: seconds } }),
  };
}

import { ProviderFailure, type Wait } from '@tecnocursos/provider-kit';
import { readNamed } from '../../wire/named-address.js';
import { barkRefusal, predictionFailure } from './bark.errors.js';

export interface HttpOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
  readonly fetchNamed: typeof globalThis.fetch | undefined;
  readonly now: () => number;
  readonly wait: Wait;
}

interface Prediction {
  readonly id: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: unknown;
  /** Of running, queueing left out. */
  readonly milliseconds: number;
}

const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 2_000;
/** States that are not named here are pending, whatever they are called. */
const ENDED = new Set(['succeeded', 'failed', 'canceled', 'aborted']);

/** Predictions of Replicate: made, asked for until they have ended, and stopped when nobody waits any more. */
export class ReplicateClient {
  constructor(private readonly options: HttpOptions) {}

  /** @returns where the sound lies, and how long the model ran. */
  async run(version: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<{ url: string; milliseconds: number }> {
    let prediction = readPrediction(await this.call('POST', '/v1/predictions', signal, { version, input }));
    try {
      for (let pauseMs = FIRST_POLL_MS; !ENDED.has(prediction.status); pauseMs = Math.min(LONGEST_POLL_MS, pauseMs * 1.5)) {
        await this.options.wait(pauseMs, signal);
        prediction = readPrediction(await this.call('GET', `/v1/predictions/${encodeURIComponent(prediction.id)}`, signal));
      }
    } catch (error) {
      if (signal.aborted) await this.cancel(prediction.id);
      throw error;
    }
    const { status, output, error, milliseconds } = prediction;
    if (status !== 'succeeded') throw predictionFailure(status, error, milliseconds);
    const url = typeof output === 'object' && output !== null && 'audio_out' in output ? output.audio_out : output;
    if (typeof url !== 'string') throw new ProviderFailure('malformed', 'Replicate named no audio.', { usage: { milliseconds } });
    return { url, milliseconds };
  }

  /** The file's address holds its own permission: the token goes to the API alone. */
  async download(address: string, signal: AbortSignal): Promise<Buffer> {
    const response = await readNamed({ vendor: 'Replicate', ...this.options }, address, { signal });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) throw barkRefusal(response, undefined, this.options.now());
    return bytes;
  }

  /** Best effort: a prediction that goes on costs money, but nobody waits for the answer. */
  private async cancel(id: string): Promise<void> {
    await this.call('POST', `/v1/predictions/${encodeURIComponent(id)}/cancel`, AbortSignal.timeout(2_000)).catch(() => undefined);
  }

  private async call(method: 'GET' | 'POST', path: string, signal: AbortSignal, body?: unknown): Promise<unknown> {
    const { baseUrl, fetch, token, now } = this.options;
    const response = await fetch(`${baseUrl}${path}`, {
      method, signal, headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 200 && response.status < 300) return JSON.parse(text);
    throw barkRefusal(response, parsed(text), now());
  }
}

function readPrediction(value: unknown): Prediction {
  const { id, status, output, error, metrics } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof status !== 'string') throw new ProviderFailure('malformed', 'Replicate answered something that is no prediction.');
  const seconds = typeof metrics === 'object' && metrics !== null ? (metrics as Record<string, unknown>).predict_time : undefined;
  return { id, status, output, error, milliseconds: typeof seconds === 'number' ? Math.ceil(seconds * 1_000) : 0 };
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

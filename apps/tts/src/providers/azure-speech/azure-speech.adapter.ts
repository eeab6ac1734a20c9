import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ScriptDivision, SpeakContext, SpeechOrder, SpeechStreamPart, SpeechSynthesizer, SpokenClip, Utterance } from '../../ports/speech-synthesizer.port.js';
import { audioPieces } from '../../wire/audio-pieces.js';
import { guarded } from '../../wire/transport-failure.js';
import { azureFailure, azureRefusal } from './azure-speech.errors.js';
import { AZURE_RATE, azureClip, azureEstimate, azureUsage, toAzure } from './azure-speech.mapper.js';

export interface AzureSpeechOptions {
  readonly key: string;
  readonly baseUrl: string;
  readonly models: SpeechSynthesizer['models'];
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

const PCM = 'raw-24khz-16bit-mono-pcm';
const MP3 = 'audio-24khz-48kbitrate-mono-mp3';
/** Audio is cut at ten minutes, without an error; this many characters take less than six at the normal speed. */
const PART_CHARACTERS = 4_500;
const CUT_AT_BYTES = 599 * AZURE_RATE * 2;
const MAX_BREAK_MS = 10_000;

/** Azure Speech over REST: its JavaScript SDK speaks over a WebSocket only. */
export class AzureSpeech implements SpeechSynthesizer {
  readonly models: SpeechSynthesizer['models'];

  constructor(private readonly options: AzureSpeechOptions) {
    this.models = options.models;
  }

  division({ rate }: SpeechOrder): ScriptDivision {
    return { maxCharacters: Math.floor(PART_CHARACTERS * Math.min(1, rate)), maxPauseMs: MAX_BREAK_MS };
  }

  estimate(order: SpeechOrder): Usage {
    return azureEstimate(order);
  }

  async speak(utterance: Utterance, { signal }: SpeakContext): Promise<SpokenClip> {
    const request = toAzure(utterance);
    return this.guarded(async () => {
      const response = await this.post(request.ssml, PCM, signal);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (bytes.length < 2) throw new ProviderFailure('malformed', 'Azure Speech sent no audio.', { usage: azureUsage(request.ssml) });
      if (bytes.length >= CUT_AT_BYTES) throw new ProviderFailure('unsupported', 'The text is longer than the ten minutes that Azure Speech speaks at once.', { usage: azureUsage(request.ssml) });
      return azureClip(request, bytes);
    }, signal);
  }

  async *stream(utterance: Utterance, { signal }: SpeakContext): AsyncGenerator<SpeechStreamPart> {
    const request = toAzure(utterance);
    const response = await this.guarded(() => this.post(request.ssml, MP3, signal), signal);
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    yield* audioPieces({ next: () => this.guarded(() => reader.read(), signal), leave: () => reader.cancel() });
    yield { type: 'end', usage: azureUsage(request.ssml), model: request.model, warnings: request.warnings };
  }

  private async post(ssml: string, format: string, signal: AbortSignal): Promise<Response> {
    const { baseUrl, fetch, key, now } = this.options;
    const response = await fetch(`${baseUrl}/cognitiveservices/v1`, {
      method: 'POST', body: ssml, signal,
      headers: { 'ocp-apim-subscription-key': key, 'content-type': 'application/ssml+xml', 'x-microsoft-outputformat': format, 'user-agent': 'tecnocursos' },
    });
    const type = response.headers.get('content-type') ?? '';
    if (response.status === 200 && !/^(text|application\/(json|xml))/i.test(type)) return response;
    await response.arrayBuffer().catch(() => undefined); // so that the connection can be used again
    if (response.status === 200) throw new ProviderFailure('malformed', 'Azure Speech sent something other than audio.');
    throw azureRefusal(response, now());
  }

  private guarded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return guarded(work, signal, azureFailure);
  }
}

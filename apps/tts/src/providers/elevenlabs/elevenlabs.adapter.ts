import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { fetcher } from '@elevenlabs/elevenlabs-js/core/fetcher/index.js';
import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type {
  ScriptDivision, SpeakContext, SpeechOrder, SpeechStreamPart, SpeechSynthesizer, SpokenClip, Utterance, VoiceCloner,
} from '../../ports/speech-synthesizer.port.js';
import { spokenCharacters } from '../../ssml/speech-script.js';
import { audioPieces } from '../../wire/audio-pieces.js';
import { guarded } from '../../wire/transport-failure.js';
import { elevenLabsFailure } from './elevenlabs.errors.js';
import { clipOf, ELEVENLABS_RATE, toElevenLabs } from './elevenlabs.mapper.js';
import { elevenLabsModel, MAX_BREAK_MS, partCharacters } from './elevenlabs.models.js';
import { VoiceDirectory, type ListedVoice } from './elevenlabs.voices.js';

export interface ElevenLabsOptions {
  readonly apiKey: string;
  /** Without `/v1`. */
  readonly baseUrl: string;
  readonly models: SpeechSynthesizer['models'];
  readonly voices: ReadonlyMap<string, string>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

/** The chain's own limit ends a call. The SDK's would leave a timer behind for every request that fails before its answer begins, so there is none. */
const withoutTimer: typeof fetcher = ({ timeoutMs: _limit, ...request }) => fetcher(request);
const PAGE = 100;
const MOST_PAGES = 20;
/** `<break time="3.00s" />` and a space. */
const BREAK_CHARACTERS = 24;

/** ElevenLabs over its official SDK, which neither retries nor logs here. */
export class ElevenLabsSpeech implements SpeechSynthesizer {
  readonly models: SpeechSynthesizer['models'];
  readonly cloner: VoiceCloner;
  private readonly client: ElevenLabsClient;
  private readonly directory: VoiceDirectory;

  constructor(private readonly options: ElevenLabsOptions) {
    const { apiKey, baseUrl, fetch, models, voices, now } = options;
    this.models = models;
    this.client = new ElevenLabsClient({ apiKey, baseUrl, fetch, fetcher: withoutTimer, maxRetries: 0, logging: { silent: true } });
    this.directory = new VoiceDirectory((signal) => this.list(signal), voices, now);
    this.cloner = { clone: (request, signal) => this.clone(request, signal), remove: (id, signal) => this.remove(id, signal) };
  }

  division({ model }: SpeechOrder): ScriptDivision {
    return { maxCharacters: partCharacters(model), maxPauseMs: elevenLabsModel(model).knowsBreaks ? MAX_BREAK_MS : 0 };
  }

  estimate({ script }: SpeechOrder): Usage {
    const pauses = script.sentences.reduce((sum, { items }) => sum + items.filter(({ kind }) => kind === 'pause').length, 0);
    return { characters: spokenCharacters(script) + script.sentences.length + pauses * BREAK_CHARACTERS };
  }

  async speak(utterance: Utterance, { signal }: SpeakContext): Promise<SpokenClip> {
    return this.guarded(async () => {
      const voice = await this.directory.idOf(utterance.voice, signal);
      const mapped = toElevenLabs(utterance);
      const request = { ...mapped.body, outputFormat: `pcm_${ELEVENLABS_RATE}` } as const;
      const answer = await this.client.textToSpeech.convertWithTimestamps(voice, request, { abortSignal: signal });
      if (typeof answer.audioBase64 !== 'string' || answer.audioBase64 === '') throw new ProviderFailure('malformed', 'ElevenLabs sent no audio.', { usage: { characters: mapped.body.text.length } });
      return clipOf(mapped, Buffer.from(answer.audioBase64, 'base64'), answer.alignment);
    }, signal);
  }

  async *stream(utterance: Utterance, { signal }: SpeakContext): AsyncGenerator<SpeechStreamPart> {
    const mapped = toElevenLabs(utterance);
    const unmet = mapped.unmet.rate === 1 && mapped.unmet.pitch === 0 ? [] : ['Speed outside 0.7 to 1.2 and pitch are not applied to a stream.'];
    const body = await this.guarded(async () => {
      const voice = await this.directory.idOf(utterance.voice, signal);
      return this.client.textToSpeech.stream(voice, { ...mapped.body, outputFormat: 'mp3_44100_64' }, { abortSignal: signal });
    }, signal);
    const reader = body.getReader();
    yield* audioPieces({ next: () => this.guarded(() => reader.read(), signal), leave: () => reader.cancel() });
    yield { type: 'end', usage: { characters: [...mapped.body.text].length }, warnings: [...mapped.warnings, ...unmet] };
  }

  private async clone(request: Parameters<VoiceCloner['clone']>[0], signal: AbortSignal): Promise<{ vendorVoiceId: string; usage: Usage }> {
    return this.guarded(async () => {
      const { name, description, language, removeBackgroundNoise, samples } = request;
      const files = samples.map((sample) => ({ data: new Blob([new Uint8Array(sample.bytes)], { type: sample.contentType }), filename: sample.name, contentType: sample.contentType }));
      const labels = JSON.stringify({ language: language === 'pt-BR' ? 'pt' : 'en' });
      const answer = await this.client.voices.ivc.create({ name, description, labels, removeBackgroundNoise, files }, { abortSignal: signal });
      if (!answer.voiceId) throw new ProviderFailure('malformed', 'ElevenLabs sent no id of the voice.');
      return { vendorVoiceId: answer.voiceId, usage: { requests: 1 } };
    }, signal);
  }

  private async remove(vendorVoiceId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.guarded(() => this.client.voices.delete(vendorVoiceId, { abortSignal: signal }), signal);
    } catch (error) {
      if (!(error instanceof ProviderFailure) || error.kind !== 'unsupported') throw error; // it is gone already
    }
  }

  private async list(signal: AbortSignal): Promise<readonly ListedVoice[]> {
    const voices: ListedVoice[] = [];
    let nextPageToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.client.voices.search({ pageSize: PAGE, ...(nextPageToken !== undefined && { nextPageToken }) }, { abortSignal: signal });
      voices.push(...answer.voices.map(({ voiceId, name, labels }) => ({ id: voiceId, name: name ?? '', labels: labels ?? {} })));
      if (!answer.hasMore || !answer.nextPageToken) break;
      nextPageToken = answer.nextPageToken;
    }
    return voices;
  }

  private guarded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return guarded(work, signal, (error) => {
      const failure = elevenLabsFailure(error, this.options.now());
      if (failure.vendorCode?.startsWith('voice_') === true) this.directory.forget();
      return failure;
    });
  }
}

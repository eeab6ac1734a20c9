import { DescribeVoicesCommand, PollyClient, SynthesizeSpeechCommand, type SynthesizeSpeechCommandInput, type VoiceId } from '@aws-sdk/client-polly';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure, type Wait } from '@tecnocursos/provider-kit';
import type { ScriptDivision, SpeakContext, SpeechOrder, SpeechStreamPart, SpeechSynthesizer, SpokenClip, Utterance, WordMark } from '../../ports/speech-synthesizer.port.js';
import { spokenCharacters } from '../../ssml/speech-script.js';
import { audioPieces } from '../../wire/audio-pieces.js';
import { guarded } from '../../wire/transport-failure.js';
import { pollyFailure } from './aws-polly.errors.js';
import { marksOf, toPolly, type PollyRequest } from './aws-polly.mapper.js';
import { PollyTasks } from './polly-task.client.js';
import { pollyVoiceOf, type PollyEngine } from './aws-polly.voices.js';

export interface PollyOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly endpoint: string;
  readonly models: SpeechSynthesizer['models'];
  /** Whether times of words are asked for, by a second call that is billed like the first. */
  readonly speechMarks: boolean;
  /** Where audio of long texts is written; they are spoken in parts when absent. */
  readonly taskBucket: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly fetchNamed: typeof globalThis.fetch | undefined;
  readonly now: () => number;
  readonly wait: Wait;
}

/** A request may have 3,000 characters that are billed, and 6,000 with its tags. */
const PART_CHARACTERS = 2_400;
/** A task may have 100,000 characters that are billed, and 200,000 with its tags. */
const TASK_CHARACTERS = 60_000;
const MAX_BREAK_MS = 10_000;
/** Engines that each voice surely has; of the others Polly is asked. */
const KNOWN_ENGINES = new Set(['standard', 'neural']);
/** Engines that tell when words are said. */
const MARKED_ENGINES = new Set(['standard', 'neural']);

/** Amazon Polly over its official SDK: one attempt, HTTP/1.1 over kept-alive connections. */
export class PollySpeech implements SpeechSynthesizer {
  readonly models: SpeechSynthesizer['models'];
  private readonly client: PollyClient;
  private readonly tasks: PollyTasks | undefined;
  private readonly supported = new Map<string, readonly string[]>();

  constructor(private readonly options: PollyOptions) {
    const { accessKeyId, secretAccessKey, region, endpoint, models } = options;
    this.models = models;
    this.client = new PollyClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1, requestHandler: new NodeHttpHandler({}) });
    this.tasks = options.taskBucket === undefined ? undefined : new PollyTasks(this.client, { ...options, bucket: options.taskBucket });
  }

  division(): ScriptDivision {
    return { maxCharacters: this.tasks ? TASK_CHARACTERS : PART_CHARACTERS, maxPauseMs: MAX_BREAK_MS };
  }

  estimate({ script, model }: SpeechOrder): Usage {
    const once = spokenCharacters(script) + script.sentences.length;
    return { characters: this.options.speechMarks && MARKED_ENGINES.has(model) ? 2 * once : once };
  }

  async speak(utterance: Utterance, { signal }: SpeakContext): Promise<SpokenClip> {
    return this.guarded(async () => {
      const { engine, warnings } = await this.engineFor(utterance, signal);
      const request = toPolly(utterance, engine);
      const isLong = spokenCharacters(utterance.script) > PART_CHARACTERS;
      const spoken = isLong && this.tasks ? await this.tasks.run(request.input, signal) : await this.synthesize(request.input, signal);
      if (spoken.bytes.length === 0) throw new ProviderFailure('malformed', 'Amazon Polly sent no audio.', { usage: { characters: spoken.characters } });
      const marked = !isLong && this.options.speechMarks && MARKED_ENGINES.has(engine) ? await this.marks(request, signal) : undefined;
      return {
        kind: 'clip', bytes: spoken.bytes, encoding: { kind: 'file' }, unmet: request.unmet, model: engine, warnings: [...warnings, ...request.rendered.warnings],
        usage: { characters: spoken.characters + (marked?.characters ?? 0) }, ...(marked && { marks: marked.marks }),
      };
    }, signal);
  }

  async *stream(utterance: Utterance, { signal }: SpeakContext): AsyncGenerator<SpeechStreamPart> {
    const { engine, warnings } = await this.guarded(() => this.engineFor(utterance, signal), signal);
    const request = toPolly(utterance, engine);
    const answer = await this.guarded(() => this.client.send(new SynthesizeSpeechCommand(request.input), { abortSignal: signal }), signal);
    const parts = (answer.AudioStream as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    yield* audioPieces({ next: () => this.guarded(() => parts.next(), signal), leave: async () => parts.return?.() });
    const unmet = request.unmet.pitch === 0 ? [] : ['The pitch is not applied to a stream.'];
    yield { type: 'end', model: engine, usage: { characters: answer.RequestCharacters ?? spokenCharacters(utterance.script) }, warnings: [...warnings, ...request.rendered.warnings, ...unmet] };
  }

  private async synthesize(input: SynthesizeSpeechCommandInput, signal: AbortSignal): Promise<{ bytes: Buffer; characters: number }> {
    const answer = await this.client.send(new SynthesizeSpeechCommand(input), { abortSignal: signal });
    const bytes = (await answer.AudioStream?.transformToByteArray()) ?? new Uint8Array();
    return { bytes: Buffer.from(bytes), characters: answer.RequestCharacters ?? [...(input.Text ?? '')].length };
  }

  /** Speech without its marks is worth more than a failure; their places are estimated then. */
  private async marks(request: PollyRequest, signal: AbortSignal): Promise<{ marks: readonly WordMark[]; characters: number } | undefined> {
    const { SampleRate: _rate, ...input } = request.input;
    try {
      const { bytes, characters } = await this.synthesize({ ...input, OutputFormat: 'json', SpeechMarkTypes: ['word'] }, signal);
      return { marks: marksOf(request.rendered, bytes.toString('utf8')), characters };
    } catch (error) {
      signal.throwIfAborted();
      const { kind } = pollyFailure(error, this.options.now());
      if (kind === 'unsupported' || kind === 'unavailable' || kind === 'rate_limited' || kind === 'malformed') return undefined;
      throw error;
    }
  }

  /** The engine of the order, or neural where the voice does not have it. */
  private async engineFor({ voice, model }: SpeechOrder, signal: AbortSignal): Promise<{ engine: PollyEngine; warnings: readonly string[] }> {
    const engine = model as PollyEngine;
    if (KNOWN_ENGINES.has(engine)) return { engine, warnings: [] };
    const { id } = pollyVoiceOf(voice, engine);
    const engines = this.supported.get(id) ?? (await this.describe(id, engine, signal));
    return engines.includes(engine) ? { engine, warnings: [] } : { engine: 'neural', warnings: [`Polly's voice ${id} has no engine "${engine}"; its neural engine speaks.`] };
  }

  private async describe(id: VoiceId, engine: PollyEngine, signal: AbortSignal): Promise<readonly string[]> {
    const { Voices: voices = [] } = await this.client.send(new DescribeVoicesCommand({ Engine: engine }), { abortSignal: signal });
    for (const voice of voices) if (voice.Id !== undefined) this.supported.set(voice.Id, voice.SupportedEngines ?? []);
    if (!this.supported.has(id)) this.supported.set(id, []);
    return this.supported.get(id) ?? [];
  }

  private guarded<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return guarded(work, signal, (error) => pollyFailure(error, this.options.now()));
  }
}

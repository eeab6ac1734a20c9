import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { AudioFormat, ObjectRef, ReplyInput, ServedBy, synthesizeSpeech } from '@tecnocursos/contracts';
import { servedByOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import type { Served } from '@tecnocursos/provider-kit';
import { CONTENT_TYPES, encodeAudio } from './audio/encode.js';
import type { Narration } from './narration/narrate.js';
import { AudioStore } from './speech/audio-store.js';
import { Speaker } from './speech/speaker.service.js';
import { checkModel, contentHash, scriptOf, type SpeechRequest, type Understood } from './speech/speech-request.js';
import { speechKey, SpeechRepository, type StoredSpeech } from './speech/speech.repository.js';
import { TtsConfigSchema } from './tts.config.js';
import { CLOCK } from './tts.tokens.js';
import { VoiceChoices, type VoiceChoice } from './voices/voice-choice.service.js';

type Reply = ReplyInput<typeof synthesizeSpeech>;

interface Task extends Understood {
  readonly request: SpeechRequest;
  readonly route: VoiceChoice['route'];
  readonly hash: string;
  readonly context: CallContext;
}

/** Speaks texts and keeps the audio: what a tenant has heard once is not made again. */
@Injectable()
export class TtsService {
  private readonly reuses: boolean;

  constructor(
    private readonly speaker: Speaker,
    private readonly speeches: SpeechRepository,
    private readonly store: AudioStore,
    private readonly voices: VoiceChoices,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly now: () => number,
  ) {
    this.reuses = readConfig(TtsConfigSchema, environment).TTS_CACHE_DAYS > 0;
  }

  async synthesize(request: SpeechRequest, context: CallContext): Promise<Reply> {
    checkModel(request);
    const { voice, route } = await this.voices.choose(context.tenantId, request.language, request.voice);
    const understood: Understood = { script: scriptOf(request), language: request.language, voice };
    const task: Task = { ...understood, request, route, context, hash: contentHash(request, understood) };
    const known = this.reuses && request.routing?.cache !== 'off' ? await this.known(task) : undefined;
    return known ?? this.speaker.say(request, understood, route, context, (served) => this.keep(task, served));
  }

  /** Speech of before, under the key that is asked for now; undefined when there is none that would do. */
  private async known(task: Task): Promise<Reply | undefined> {
    const { request, hash, context: { tenantId, signal } } = task;
    const found = await this.speeches.find(tenantId, hash);
    const first = found.length > 0 ? this.speaker.first(request, task, task.route, task.context) : undefined;
    for (const speech of found) {
      if (!wouldDo(speech, task, first && { id: first.id, simulated: first.isSimulated })) continue;
      const object = await this.store.reuse(speech.object, request.output_key ?? speech.object.key, signal);
      if (!object) {
        await this.speeches.forget(tenantId, speech.object.key);
        continue;
      }
      await this.speeches.touch(tenantId, hash, new Date(this.now()));
      const { provider, simulated, model } = speech;
      return replyOf(task, object, speech, servedByOf({ provider, simulated, model, attempts: 0, costMicros: 0, cache: 'hit', fallbackFrom: null, vendorMs: 0 }));
    }
    return undefined;
  }

  private async keep(task: Task, served: Served<Narration>): Promise<Reply> {
    const { request, hash, context: { tenantId, signal } } = task;
    const { format, output_key: outputKey } = request;
    const narration = served.value;
    const path = await inFormat(narration.wavPath, narration.sampleRate, request, signal);
    const keeps = this.reuses && request.routing?.cache !== 'off';
    const own = keeps || outputKey === undefined ? await this.store.put(speechKey(hash, served.provider, format), path, CONTENT_TYPES[format], signal) : undefined;
    const object = outputKey === undefined ? own : await this.store.put(outputKey, path, CONTENT_TYPES[format], signal);
    if (!object) throw new Error('The audio was not stored.');
    const speech = { provider: served.provider, simulated: served.simulated, model: served.model, object: own ?? object, durationMs: narration.durationMs, words: narration.words, timing: narration.timing, warnings: served.warnings };
    if (own && keeps) await this.speeches.keep(tenantId, hash, speech, new Date(this.now()));
    return replyOf(task, object, speech, servedByOf({ ...served, cache: keeps ? 'miss' : 'off' }));
  }
}

/**
 * A real vendor's voice does for any request that allows the vendor. What the sandbox or the local engine said does only as long as they are the ones to be asked,
 * so that a voice that comes within reach is heard.
 */
function wouldDo(speech: StoredSpeech, { request, route }: Task, first: { id: string; simulated: boolean } | undefined): boolean {
  const { provider, providers } = request.routing ?? {};
  const allowed = route.providers ?? providers ?? (provider === undefined ? undefined : [provider]);
  if (allowed && !allowed.includes(speech.provider)) return false;
  if (speech.provider === first?.id) return speech.simulated === first.simulated;
  return !speech.simulated && speech.provider !== 'local' && first?.simulated !== true;
}

const replyOf = ({ script, voice }: Task, audio: ObjectRef, { durationMs, words, timing, warnings }: StoredSpeech, servedBy: ServedBy): Reply => ({
  audio, duration_ms: durationMs, words: [...words], timing, voice: voice.kind === 'house' ? voice.voice.id : voice.id,
  warnings: [...new Set([...script.warnings, ...warnings])], served_by: servedBy,
});

async function inFormat(wavPath: string, ownRate: number, { format, sample_rate: sampleRate }: { format: AudioFormat; sample_rate?: number | undefined }, signal: AbortSignal): Promise<string> {
  if (format === 'wav' && (sampleRate === undefined || sampleRate === ownRate)) return wavPath;
  const path = join(dirname(wavPath), `encoded.${format}`);
  await encodeAudio(wavPath, { format, sampleRate }, path, signal);
  return path;
}

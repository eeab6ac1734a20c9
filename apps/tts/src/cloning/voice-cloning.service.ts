import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type cloneVoice, type ClonedVoice, type deleteClonedVoice, type listClonedVoices, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { callerOf, routeOf, servedByOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import type { ProviderChain } from '@tecnocursos/provider-kit';
import type { SpeechSynthesizer, VoiceSample } from '../ports/speech-synthesizer.port.js';
import { AudioStore } from '../speech/audio-store.js';
import { CLOCK, SPEECH_CHAIN } from '../tts.tokens.js';
import { ClonedVoiceRepository, type StoredVoice } from './cloned-voice.repository.js';
import { checkSample, SHORTEST_TOTAL_MS } from './sample-check.js';

interface ReadSample extends VoiceSample {
  readonly record: ClonedVoice['samples'][number];
}

const ONE_REQUEST = { model: 'voice-clone', usage: { requests: 1 } };
/** Of one tenant. */
const MOST_VOICES = 30;

/** Voices made of recordings: nobody's without their consent, and nobody else's than the tenant's. */
@Injectable()
export class VoiceCloning {
  constructor(
    @Inject(SPEECH_CHAIN) private readonly chain: ProviderChain<SpeechSynthesizer>,
    private readonly voices: ClonedVoiceRepository,
    private readonly store: AudioStore,
    @Inject(CLOCK) private readonly now: () => number,
  ) {}

  async clone(request: RequestOf<typeof cloneVoice>, context: CallContext): Promise<ReplyInput<typeof cloneVoice>> {
    const { name, language, description, consent, remove_background_noise: removeBackgroundNoise } = request;
    this.checkConsent(consent);
    if ((await this.voices.count(context.tenantId)) >= MOST_VOICES) throw new AppError('conflict', `There are ${MOST_VOICES} cloned voices already; delete one first.`);
    const samples = await this.readSamples(request.sample_keys, context.signal);
    const served = await this.chain.run({
      operation: 'clone', caller: callerOf(context), route: routeOf(request.routing), accepts: (port) => port.cloner !== undefined, estimate: () => ONE_REQUEST,
      attempt: async ({ cloner }, { signal }) => {
        if (!cloner) throw new Error('The provider clones no voices.');
        const value = await cloner.clone({ name, description: description ?? '', language, removeBackgroundNoise, samples }, signal);
        return { value: value.vendorVoiceId, usage: value.usage, model: ONE_REQUEST.model };
      },
    });
    const voice: StoredVoice = {
      id: newId(), name, language, description: description ?? null, provider: served.provider, simulated: served.simulated, vendorVoiceId: served.value,
      samples: samples.map(({ record }) => record), consent, created_at: new Date(this.now()).toISOString(),
    };
    await this.voices.add(context.tenantId, voice);
    return { voice: publicVoice(voice), served_by: servedByOf(served) };
  }

  async list({ limit, cursor }: RequestOf<typeof listClonedVoices>, { tenantId }: CallContext): Promise<ReplyInput<typeof listClonedVoices>> {
    const { voices, nextCursor } = await this.voices.list(tenantId, limit, cursor);
    return { voices: voices.map(publicVoice), next_cursor: nextCursor };
  }

  /** At the vendor first: a voice that is gone here alone could be used by whoever has the account. */
  async delete({ voice_id: id }: RequestOf<typeof deleteClonedVoice>, context: CallContext): Promise<{ deleted: true }> {
    const { provider, vendorVoiceId } = await this.voices.get(context.tenantId, id);
    await this.chain.run({
      operation: 'clone', caller: callerOf(context), route: { providers: [provider], allowFallback: false }, estimate: () => ONE_REQUEST,
      attempt: async ({ cloner }, { signal }) => {
        await cloner?.remove(vendorVoiceId, signal);
        return { value: null, usage: { requests: 1 }, model: ONE_REQUEST.model };
      },
    });
    await this.voices.markDeleted(context.tenantId, id, new Date(this.now()));
    return { deleted: true };
  }

  private checkConsent({ given_at: givenAt }: ClonedVoice['consent']): void {
    if (Date.parse(givenAt) <= this.now()) return;
    const message = 'The consent is dated in the future; give the day on which the person agreed.';
    throw new AppError('invalid_request', message, { issues: [{ field: 'consent.given_at', message }] });
  }

  private async readSamples(keys: readonly string[], signal: AbortSignal): Promise<ReadSample[]> {
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-voice-'));
    try {
      const samples: ReadSample[] = [];
      for (const [index, key] of keys.entries()) samples.push(await this.readSample(key, join(folder, String(index)), `sample_keys.${index}`, signal));
      const totalMs = samples.reduce((sum, { record }) => sum + record.duration_ms, 0);
      if (totalMs >= SHORTEST_TOTAL_MS) return samples;
      const message = `The recordings have ${Math.floor(totalMs / 1_000)} s together; a voice needs ${SHORTEST_TOTAL_MS / 1_000} s at least.`;
      throw new AppError('invalid_request', message, { issues: [{ field: 'sample_keys', message }] });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async readSample(key: string, path: string, field: string, signal: AbortSignal): Promise<ReadSample> {
    await this.store.read(key, path, signal);
    const { durationMs, contentType, extension } = await checkSample(path, field, signal);
    const bytes = await readFile(path);
    return { name: `${field.replace('.', '-')}.${extension}`, contentType, bytes, record: { key, duration_ms: durationMs, sha256: createHash('sha256').update(bytes).digest('hex') } };
  }
}

const publicVoice = ({ vendorVoiceId: _vendors, ...voice }: StoredVoice): ClonedVoice => voice;

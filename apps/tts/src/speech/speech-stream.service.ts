import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Language, type Routing } from '@tecnocursos/contracts';
import { callerOf, routeOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import type { ProviderChain, ServedStream } from '@tecnocursos/provider-kit';
import type { SpeechStreamPart, SpeechSynthesizer } from '../ports/speech-synthesizer.port.js';
import { spokenCharacters } from '../ssml/speech-script.js';
import { SPEECH_CHAIN } from '../tts.tokens.js';
import { VoiceChoices } from '../voices/voice-choice.service.js';
import { checkModel, orderFor, scriptOf, type SpokenRequest, type Understood } from './speech-request.js';

export interface StreamRequest extends SpokenRequest {
  readonly language: Language;
  readonly voice?: string | undefined;
  readonly routing?: Routing | undefined;
}

export interface SpeechStream {
  readonly contentType: 'audio/mpeg';
  readonly provider: string;
  readonly simulated: boolean;
  /** MP3 as it comes; leaving early ends the vendor's work. */
  readonly audio: AsyncIterable<Buffer>;
  /** Micro-dollars so far; complete when the stream has ended. */
  readonly costMicros: () => number;
}

/** Characters of speech that one may wait for while they are spoken: about half a minute. */
const MOST_CHARACTERS = 600;

/** Short texts that are heard while they are being spoken. Loudness is the vendor's own, and nothing is stored. */
@Injectable()
export class SpeechStreams {
  constructor(
    @Inject(SPEECH_CHAIN) private readonly chain: ProviderChain<SpeechSynthesizer>,
    private readonly voices: VoiceChoices,
  ) {}

  /** @throws AppError `invalid_request` for a long text, and as `ProviderChain.stream` does. */
  async stream(request: StreamRequest, context: CallContext): Promise<SpeechStream> {
    checkModel(request);
    const { voice, route } = await this.voices.choose(context.tenantId, request.language, request.voice);
    const understood: Understood = { script: scriptOf(request), language: request.language, voice };
    if (spokenCharacters(understood.script) > MOST_CHARACTERS) {
      const message = `A stream speaks ${MOST_CHARACTERS} characters at most; synthesize longer texts.`;
      throw new AppError('invalid_request', message, { issues: [{ field: request.ssml === undefined ? 'text' : 'ssml', message }] });
    }
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-tts-'));
    try {
      const served = await this.open(request, understood, route, context, folder);
      return { contentType: 'audio/mpeg', provider: served.provider, simulated: served.simulated, audio: audioOf(served, folder), costMicros: () => served.costMicros() };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private open(request: StreamRequest, understood: Understood, route: object, context: CallContext, root: string): Promise<ServedStream<SpeechStreamPart>> {
    return this.chain.stream<SpeechStreamPart>({
      operation: 'stream', caller: callerOf(context), route: { ...routeOf(request.routing), ...route }, accepts: (port) => port.stream !== undefined,
      estimate: (port) => {
        const order = orderFor(port, request, understood);
        return { model: order.model, usage: port.estimate(order) };
      },
      attempt: (port, { signal }) => speakInto(port, request, understood, { root, signal }),
      endOf: (part) => (part.type === 'end' ? { usage: part.usage, model: part.model ?? null, warnings: part.warnings } : undefined),
    });
  }
}

async function* speakInto(port: SpeechSynthesizer, request: StreamRequest, understood: Understood, { root, signal }: { root: string; signal: AbortSignal }): AsyncGenerator<SpeechStreamPart> {
  const folder = await mkdtemp(join(root, 'attempt-'));
  const order = orderFor(port, request, understood);
  for await (const part of port.stream?.(order, { folder, signal }) ?? []) yield part.type === 'end' ? { ...part, model: part.model ?? order.model } : part;
}

async function* audioOf({ parts }: ServedStream<SpeechStreamPart>, folder: string): AsyncGenerator<Buffer> {
  try {
    for await (const part of parts) if (part.type === 'audio') yield part.bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

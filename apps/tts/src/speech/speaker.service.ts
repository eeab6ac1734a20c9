import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { callerOf, routeOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import { ProviderFailure, type ChainCall, type ProviderChain, type ProviderHandle, type Served } from '@tecnocursos/provider-kit';
import { narrate, type HeardClips, type Narration } from '../narration/narrate.js';
import type { SpeechSynthesizer } from '../ports/speech-synthesizer.port.js';
import { SPEECH_CHAIN } from '../tts.tokens.js';
import type { VoiceChoice } from '../voices/voice-choice.service.js';
import { orderFor, type SpokenRequest, type Understood } from './speech-request.js';

type Routed = Pick<ChainCall<SpeechSynthesizer, Narration>, 'operation' | 'caller' | 'route' | 'accepts' | 'estimate'>;

/** Has something said by whoever the route names, and gives the sound to `use` as long as its file is there. */
@Injectable()
export class Speaker {
  constructor(@Inject(SPEECH_CHAIN) private readonly chain: ProviderChain<SpeechSynthesizer>) {}

  /** Who would be asked first; undefined when nobody can. */
  first(request: SpokenRequest, understood: Understood, route: VoiceChoice['route'], context: CallContext): ProviderHandle<SpeechSynthesizer> | undefined {
    return this.chain.order(this.routed(request, understood, route, context))[0];
  }

  /** @throws AppError as `ProviderChain.run` does. */
  async say<Result>(
    request: SpokenRequest, understood: Understood, route: VoiceChoice['route'], context: CallContext, use: (served: Served<Narration>) => Promise<Result>,
  ): Promise<Result> {
    const root = await mkdtemp(join(tmpdir(), 'tecnocursos-tts-'));
    const heard = new Map<string, HeardClips>();
    try {
      const served = await this.chain.run<Narration>({
        ...this.routed(request, understood, route, context),
        attempt: async (port, { provider, signal }) => {
          const folder = await mkdtemp(join(root, 'attempt-')); // a repeated attempt must not meet the files of the one before
          const value = await narrate(port, orderFor(port, request, understood), { folder, signal }, clipsOf(heard, `${provider.id}/${provider.mode}`));
          return { value, usage: value.usage, model: value.model, warnings: value.warnings };
        },
      });
      return await use(served);
    } catch (error) {
      throw missingEngine(error) ?? error;
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }

  private routed(request: SpokenRequest, understood: Understood, route: VoiceChoice['route'], context: CallContext): Routed {
    const { model, provider } = request.routing ?? {};
    const only = model !== undefined && provider !== undefined ? { providers: [provider] } : {};
    return {
      operation: 'speech', caller: callerOf(context), route: { ...routeOf(request.routing), ...only, ...route },
      estimate: (port) => {
        const order = orderFor(port, request, understood);
        return { model: order.model, usage: port.estimate(order) };
      },
    };
  }
}

/** When nobody can speak because a program is not installed, that is what has to be said: trying again does not help. */
function missingEngine(error: unknown): AppError | undefined {
  if (!(error instanceof AppError) || error.code !== 'provider_unavailable' || !(error.cause instanceof ProviderFailure)) return undefined;
  return error.cause.vendorCode === 'engine_missing' ? new AppError('engine_missing', error.cause.detail, { cause: error }) : undefined;
}

function clipsOf(heard: Map<string, HeardClips>, provider: string): HeardClips {
  const known = heard.get(provider) ?? new Map();
  heard.set(provider, known);
  return known;
}

import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, translateText, type Aspect, type paintBackground, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { callerOf, routeOf, servedByOf } from '@tecnocursos/integration-kit';
import { backgroundContext, currentContext, RpcClient, type CallContext } from '@tecnocursos/messaging';
import { BlobStore } from '@tecnocursos/nest-kit';
import type { AttemptContext, AttemptResult, ProviderChain } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { AVATAR_CHAIN, type AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import type { BackgroundOrder, BackgroundPainter } from '../ports/background-painter.port.js';
import { normalizedPicture } from '../videos/picture.js';
import { CANVASES } from '../providers/local/slides/canvas.js';

const PAINT_TIMEOUT_MS = 120_000;
type PaintRequest = RequestOf<typeof paintBackground>;
/** Of providers that paint nothing: their estimate is asked for before they are sorted out. */
const NOTHING = { model: '', usage: {} };
type Painted = { readonly base64: string };

/** Paints backgrounds by whoever the chain asks, in the size of our slides. */
@Injectable()
export class BackgroundService {
  constructor(
    @Inject(AVATAR_CHAIN) private readonly chain: ProviderChain<AvatarVideoProvider>,
    private readonly blobs: BlobStore,
    private readonly rpc: RpcClient,
  ) {}

  async paint(request: PaintRequest, context: CallContext): Promise<ReplyInput<typeof paintBackground>> {
    const order: BackgroundOrder = { prompt: request.prompt, language: request.language, aspect: request.aspect };
    const translations = new Map<string, Promise<TranslatedPrompt>>();
    const served = await this.chain.run<Painted>({
      operation: 'background', caller: callerOf(context), route: routeOf(request.routing), cache: order,
      accepts: ({ backgrounds }) => backgrounds !== undefined,
      estimate: ({ backgrounds }) => backgrounds?.estimate(order) ?? NOTHING,
      attempt: ({ backgrounds }, attempt) => this.attempt(painterOf(backgrounds), order, attempt, translations),
    });
    const size = CANVASES[request.aspect];
    const picture = await normalizedPicture(Buffer.from(served.value.base64, 'base64'), 'prompt', size);
    const image = await this.blobs.putBytes(request.output_key ?? `backgrounds/${newId()}.jpg`, picture.bytes, picture.contentType);
    return { image, width: size.width, height: size.height, warnings: [...served.warnings], served_by: servedByOf(served) };
  }

  /** For the background of a video: painted once, however often the video is tried. */
  async paintOnce(key: string, { prompt, aspect }: { prompt: string; aspect: Aspect }, signal: AbortSignal): Promise<void> {
    const marker = `${key}.json`;
    try {
      await this.blobs.getJson(marker, z.looseObject({}));
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    }
    const current = currentContext() ?? backgroundContext('', newId());
    const { served_by: servedBy } = await this.paint({ prompt, aspect, language: 'pt-BR', output_key: key }, { ...current, deadline: Date.now() + PAINT_TIMEOUT_MS, signal });
    await this.blobs.putJson(marker, { served_by: servedBy });
  }

  private async attempt(painter: BackgroundPainter, order: BackgroundOrder, { signal }: AttemptContext, translations: Map<string, Promise<TranslatedPrompt>>): Promise<AttemptResult<Painted>> {
    const { prompt, language, warnings } = await this.inLanguageOf(painter, order, signal, translations);
    const painted = await painter.paint({ ...order, prompt, language }, signal);
    return { value: { base64: painted.bytes.toString('base64') }, usage: painted.usage, model: painted.model, warnings: [...warnings, ...painted.warnings] };
  }

  private async inLanguageOf({ languages }: BackgroundPainter, order: BackgroundOrder, signal: AbortSignal, translations: Map<string, Promise<TranslatedPrompt>>): Promise<TranslatedPrompt> {
    const [target] = languages;
    if (target === undefined || languages.includes(order.language)) return { ...order, warnings: [] };
    const translation = translations.get(target) ?? this.translated(order, target, signal);
    translations.set(target, translation);
    return translation;
  }

  /** Without a translation the prompt goes out as it is: many words of pictures are understood anyway, and a refusal moves on to the next painter. */
  private async translated(order: BackgroundOrder, target: BackgroundOrder['language'], signal: AbortSignal): Promise<TranslatedPrompt> {
    try {
      const { text } = await this.rpc.call(translateText, { text: order.prompt, source_language: order.language, target_language: target }, { signal });
      return { prompt: text, language: target, warnings: [] };
    } catch (error) {
      if (error instanceof AppError && error.code === 'canceled') throw error;
      return { prompt: order.prompt, language: order.language, warnings: ['The description could not be translated for the painter, and was sent as it is.'] };
    }
  }
}

interface TranslatedPrompt {
  readonly prompt: string;
  readonly language: BackgroundOrder['language'];
  readonly warnings: readonly string[];
}

function painterOf(painter: BackgroundPainter | undefined): BackgroundPainter {
  if (!painter) throw new Error('A provider that paints no backgrounds was asked for one');
  return painter;
}

import { Inject, Injectable } from '@nestjs/common';
import { AppError, createDownloads, synthesizeSpeech, type Background } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { BlobStore, OutboundFailure, OutboundHttp } from '@tecnocursos/nest-kit';
import { z } from 'zod';
import { BackgroundService } from '../backgrounds/background.service.js';
import type { AvatarOrder, MediaFile, Scenery, Speech } from '../ports/avatar-renderer.port.js';
import type { EffectOrder } from '../ports/effect-renderer.port.js';
import { HOUSE_PRESENTERS } from '../presenters/house-presenters.js';
import { CANVASES } from '../providers/local/slides/canvas.js';
import { mp3Of } from './audio-file.js';
import { normalizedPicture, PICTURE_LIMIT_BYTES } from './picture.js';
import { presenterIdOf, videoKey, type AvatarRequest, type EffectRequest } from './video-request.js';
import type { VideoRow } from './video-view.js';

const AUDIO_LIMIT_BYTES = 64 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 30_000;
const PUBLIC_LINK_S = 24 * 3_600;
const SpokenSchema = z.looseObject({ duration_ms: z.number(), words: z.array(z.unknown()) });

export type PreparedAvatar = Omit<AvatarOrder, 'reference' | 'webhookUrl'>;
export type PreparedEffect = Omit<EffectOrder, 'reference'>;

/** Brings together what an order needs, and keeps what took long, so that the next try finds it. The tenant is that of the current context. */
@Injectable()
export class OrderBuilder {
  constructor(
    private readonly blobs: BlobStore,
    private readonly rpc: RpcClient,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    private readonly backgrounds: BackgroundService,
  ) {}

  /** @param speech whether the provider speaks texts itself. */
  async avatar(video: VideoRow, request: AvatarRequest, speech: 'text_or_audio' | 'audio', signal: AbortSignal): Promise<PreparedAvatar> {
    const presenter = HOUSE_PRESENTERS[presenterIdOf({ kind: 'avatar', order: request }) ?? 'sofia'];
    const voice = request.voice ?? presenter.voices[request.language];
    const scenery = request.background && (await this.scenery(video, request.background, signal));
    return {
      presenter, speech: await this.speech(video, { ...request, voice }, speech, signal), aspect: request.aspect, subtitles: request.subtitles,
      ...(scenery && { scenery }), ...(request.title !== undefined && { title: request.title }),
    };
  }

  async effect(request: EffectRequest, _signal: AbortSignal): Promise<PreparedEffect> {
    const still = await normalizedPicture(await this.blobs.getBytes(request.image_key, PICTURE_LIMIT_BYTES), 'image_key', CANVASES[request.aspect]);
    return { still, seconds: request.seconds, aspect: request.aspect, ...(request.prompt !== undefined && { prompt: request.prompt }) };
  }

  private async speech(video: VideoRow, request: AvatarRequest & { voice: string }, can: 'text_or_audio' | 'audio', signal: AbortSignal): Promise<Speech> {
    const { text, language } = request;
    if (text !== undefined && can === 'text_or_audio') return { type: 'text', text, language };
    const stored = await this.storedSpeech(video);
    if (stored) return { type: 'audio', language, ...stored };
    if (text === undefined) return { type: 'audio', language, ...(await this.recording(video, request.audio_key ?? '', signal)) };
    const reply = await this.rpc.call(synthesizeSpeech, { text, language, voice: request.voice, format: 'mp3', output_key: videoKey(video.id, 'speech.mp3') }, { signal });
    await this.blobs.putJson(videoKey(video.id, 'speech.json'), { duration_ms: reply.duration_ms, words: reply.words });
    return { type: 'audio', language, durationMs: reply.duration_ms, bytes: await this.blobs.getBytes(reply.audio.key, AUDIO_LIMIT_BYTES), contentType: 'audio/mpeg' };
  }

  private async storedSpeech(video: VideoRow): Promise<(MediaFile & { durationMs: number }) | undefined> {
    try {
      const { duration_ms: durationMs } = await this.blobs.getJson(videoKey(video.id, 'speech.json'), SpokenSchema);
      return { durationMs, bytes: await this.blobs.getBytes(videoKey(video.id, 'speech.mp3'), AUDIO_LIMIT_BYTES), contentType: 'audio/mpeg' };
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  private async recording(video: VideoRow, audioKey: string, signal: AbortSignal): Promise<MediaFile & { durationMs: number }> {
    const recording = await mp3Of(await this.blobs.getBytes(audioKey, AUDIO_LIMIT_BYTES), signal);
    await this.blobs.putBytes(videoKey(video.id, 'speech.mp3'), recording.bytes, recording.contentType);
    await this.blobs.putJson(videoKey(video.id, 'speech.json'), { duration_ms: recording.durationMs, words: [] });
    return recording;
  }

  private async scenery(video: VideoRow, background: Background, signal: AbortSignal): Promise<Scenery> {
    if (background.type === 'color') return background;
    const size = CANVASES[video.aspect];
    const key = await this.sceneryKey(video, background, signal);
    const picture = await normalizedPicture(await this.blobs.getBytes(key, PICTURE_LIMIT_BYTES), 'background', size);
    const { urls } = await this.rpc.call(createDownloads, { keys: [key], audience: 'public', expires_s: PUBLIC_LINK_S });
    return { type: 'image', ...picture, ...(urls[0] !== undefined && { publicUrl: urls[0] }) };
  }

  private async sceneryKey(video: VideoRow, background: Exclude<Background, { type: 'color' }>, signal: AbortSignal): Promise<string> {
    if (background.type === 'image') return background.image_key;
    const key = videoKey(video.id, 'scenery.png');
    if (background.type === 'generated') {
      await this.backgrounds.paintOnce(key, { prompt: background.prompt, aspect: video.aspect }, signal);
      return key;
    }
    const picture = await normalizedPicture(await this.fetched(background.url, signal), 'background.url', CANVASES[video.aspect]);
    await this.blobs.putBytes(key, picture.bytes, picture.contentType);
    return key;
  }

  private async fetched(url: string, signal: AbortSignal): Promise<Buffer> {
    try {
      const answer = await this.http.request({ url, maxBytes: PICTURE_LIMIT_BYTES, timeoutMs: FETCH_TIMEOUT_MS, redirects: 3, signal });
      if (answer.status === 200) return answer.body;
      throw refusedPicture(`The address answered ${answer.status}.`);
    } catch (error) {
      if (error instanceof OutboundFailure && error.kind === 'canceled') throw new AppError('canceled', 'The work was stopped.', { cause: error });
      throw error instanceof OutboundFailure ? refusedPicture(error.detail) : error;
    }
  }
}

const refusedPicture = (message: string): AppError => new AppError('invalid_request', `background.url: ${message}`, { issues: [{ field: 'background.url', message }] });

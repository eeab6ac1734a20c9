import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Video } from '@tecnocursos/contracts';
import { BlobStore, ENVIRONMENT, OutboundFailure, OutboundHttp, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { z } from 'zod';
import { AvatarVideoConfigSchema } from '../avatar-video.config.js';
import type { FinishedJob } from '../ports/vendor-job.port.js';
import { captionsOfText, captionsOfWords, SpokenWordsSchema } from './caption-track.js';
import { probeVideo, writePoster, type VideoFacts } from './video-file.js';
import { requestOf, videoKey } from './video-request.js';
import type { VideoRow } from './video-view.js';

export const SANDBOX_HTTP = Symbol('SANDBOX_HTTP');

const MIB = 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 600_000;
const CAPTIONS_LIMIT_BYTES = MIB;
const SpokenSchema = z.looseObject({ words: SpokenWordsSchema });

export type VideoResult = NonNullable<Video['result']>;

/** Brings a finished video into our storage at once: vendors' addresses expire. The tenant is that of the current context. */
@Injectable()
export class VideoDelivery {
  private readonly maxBytes: number;

  constructor(
    private readonly blobs: BlobStore,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    /** Reaches the sandbox as well, for what it has simulated. */
    @Inject(SANDBOX_HTTP) private readonly sandboxHttp: OutboundHttp,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.maxBytes = readConfig(AvatarVideoConfigSchema, environment).AVATAR_VIDEO_MAX_VIDEO_MB * MIB;
  }

  /** @throws AppError `unavailable` when it may work later, `provider_failed` when the file is no use. */
  async deliver(video: VideoRow, finished: FinishedJob, simulated: boolean, signal: AbortSignal): Promise<VideoResult> {
    const http = simulated ? this.sandboxHttp : this.http;
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-avatar-'));
    try {
      const [path, posterPath] = [join(folder, 'video.mp4'), join(folder, 'poster.jpg')];
      await this.fetch(http, finished, path, signal);
      const facts = await probeVideo(path, signal);
      await writePoster(path, facts, posterPath, signal);
      const captions = await this.captions(video, facts, http, finished.captionsUrl, signal);
      return {
        video: await this.blobs.uploadFile(videoKey(video.id, 'video.mp4'), path, 'video/mp4', signal),
        poster: await this.blobs.uploadFile(videoKey(video.id, 'poster.jpg'), posterPath, 'image/jpeg', signal),
        captions: captions === undefined ? null : await this.blobs.putBytes(videoKey(video.id, 'captions.vtt'), Buffer.from(captions), 'text/vtt'),
        duration_ms: facts.durationMs, width: facts.width, height: facts.height,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async fetch(http: OutboundHttp, { video }: FinishedJob, path: string, signal: AbortSignal): Promise<void> {
    if ('path' in video) {
      await copyFile(video.path, path);
      return;
    }
    try {
      const { status, size } = await http.download({ url: video.url, maxBytes: this.maxBytes, timeoutMs: DOWNLOAD_TIMEOUT_MS, redirects: 3, signal }, path);
      if (status !== 200) throw new AppError('unavailable', `The vendor's address of the video answered ${status}.`);
      if (size === 0) throw new AppError('unavailable', "The vendor's address of the video had nothing.");
    } catch (error) {
      throw error instanceof OutboundFailure ? downloadError(error) : error;
    }
  }

  /** Of the words as we have spoken them, else the vendor's own, else of the text by its length. */
  private async captions(video: VideoRow, facts: VideoFacts, http: OutboundHttp, url: string | undefined, signal: AbortSignal): Promise<string | undefined> {
    const { kind, order } = requestOf(video);
    if (kind === 'effect' || !order.subtitles) return undefined;
    const words = await this.spokenWords(video);
    if (words.length > 0) return captionsOfWords(words);
    const theirs = url === undefined ? undefined : await vendorCaptions(http, url, signal);
    if (theirs !== undefined) return theirs;
    return order.text === undefined ? undefined : captionsOfText(order.text, facts.durationMs);
  }

  private async spokenWords(video: VideoRow): Promise<z.output<typeof SpokenWordsSchema>> {
    try {
      return (await this.blobs.getJson(videoKey(video.id, 'speech.json'), SpokenSchema)).words;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return [];
      throw error;
    }
  }
}

/** Captions that cannot be had are no reason to have no video. */
async function vendorCaptions(http: OutboundHttp, url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { status, body } = await http.request({ url, maxBytes: CAPTIONS_LIMIT_BYTES, redirects: 3, signal });
    const text = body.toString('utf8');
    return status === 200 && text.startsWith('WEBVTT') ? text : undefined;
  } catch (error) {
    if (error instanceof OutboundFailure && error.kind !== 'canceled') return undefined;
    throw error;
  }
}

function downloadError({ kind, detail }: OutboundFailure): AppError {
  if (kind === 'canceled') return new AppError('canceled', 'The work was stopped.');
  if (kind === 'too_large') return new AppError('provider_failed', 'The video that the vendor made is larger than allowed (AVATAR_VIDEO_MAX_VIDEO_MB).');
  if (kind === 'refused' || kind === 'redirected' || kind === 'encoded') return new AppError('provider_failed', `The vendor's address of the video cannot be used: ${detail}`);
  return new AppError('unavailable', "The vendor's address of the video cannot be reached.");
}

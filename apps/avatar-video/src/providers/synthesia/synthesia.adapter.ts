import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { AvatarOrder, AvatarRenderer } from '../../ports/avatar-renderer.port.js';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';
import type { HousePresenter } from '../../presenters/house-presenters.js';
import { speechMs } from '../../presenters/speech-length.js';
import { VendorHttpError, type VendorHttp } from '../../wire/vendor-http.js';
import { AcceptedSchema, progressOf, toSynthesia, UploadSchema, VideoListSchema, WebhookSchema } from './synthesia.mapper.js';

export interface SynthesiaOptions {
  readonly avatarOf: (presenter: HousePresenter) => string | undefined;
  /** UUID of a voice for texts. */
  readonly voiceOf: (order: AvatarOrder) => string | undefined;
  /** Watermarked, and free. */
  readonly test: boolean;
}

const MODEL = 'video';
const PAGE = 100;
const MAX_PAGES = 10;

/** Synthesia's API v2; recordings go to a host of their own. */
export class SynthesiaAvatarRenderer implements AvatarRenderer {
  readonly speech = 'text_or_audio';

  constructor(
    private readonly http: VendorHttp,
    private readonly uploads: VendorHttp,
    private readonly options: SynthesiaOptions,
  ) {}

  estimate({ speech }: AvatarOrder) {
    return { model: MODEL, usage: this.options.test ? {} : { milliseconds: speechMs(speech) } };
  }

  async start(order: AvatarOrder, signal: AbortSignal): Promise<AcceptedJob> {
    const avatar = this.options.avatarOf(order.presenter);
    if (avatar === undefined) throw new ProviderFailure('unsupported', `No avatar of Synthesia is set for the presenter ${order.presenter.id}.`, { field: 'presenter' });
    const scriptAudio = order.speech.type === 'audio' ? await this.upload(order.speech, signal) : undefined;
    const choice = { avatar, voice: this.options.voiceOf(order), test: this.options.test, ...(scriptAudio !== undefined && { scriptAudio }) };
    const { body, warnings } = toSynthesia(order, choice);
    const { id } = AcceptedSchema.parse(await this.http.json('POST', '/v2/videos', { json: body, signal }));
    return { id, ...this.estimate(order), warnings };
  }

  async find(reference: string, signal: AbortSignal): Promise<string | null> {
    let offset = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { videos, nextOffset } = VideoListSchema.parse(await this.http.json('GET', '/v2/videos', { query: { limit: PAGE, offset }, signal }));
      const found = videos.find(({ callbackId }) => callbackId === reference);
      if (found) return found.id;
      const next = nextOffset ?? 0;
      if (next <= offset) return null;
      offset = next;
    }
    return null;
  }

  async read(id: string, signal: AbortSignal): Promise<JobProgress> {
    return progressOf(await this.http.json('GET', `/v2/videos/${encodeURIComponent(id)}`, { signal }));
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.http.json('DELETE', `/v2/videos/${encodeURIComponent(id)}`, { signal });
    } catch (error) {
      if (!(error instanceof VendorHttpError) || error.status !== 404) throw error;
    }
  }

  async shows(presenter: HousePresenter): Promise<boolean> {
    return this.options.avatarOf(presenter) !== undefined;
  }

  /** Asks Synthesia to call an address about every video of the key's user. The secret is told this once. */
  async registerWebhook(url: string, signal: AbortSignal): Promise<{ id: string; secret: string }> {
    return WebhookSchema.parse(await this.http.json('POST', '/v2/webhooks', { json: { url, events: ['video.completed', 'video.failed'] }, signal }));
  }

  private async upload({ bytes, contentType }: { bytes: Buffer; contentType: string }, signal: AbortSignal): Promise<string> {
    return UploadSchema.parse(await this.uploads.json('POST', '/v2/scriptAudio', { body: bytes, headers: { 'content-type': contentType }, signal })).id;
  }
}

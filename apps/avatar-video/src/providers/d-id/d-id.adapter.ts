import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { AvatarOrder, AvatarRenderer, MediaFile, VendorCredits } from '../../ports/avatar-renderer.port.js';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';
import type { HousePresenter } from '../../presenters/house-presenters.js';
import { speechMs } from '../../presenters/speech-length.js';
import { VendorHttpError, type VendorHttp } from '../../wire/vendor-http.js';
import {
  AcceptedSchema, AvatarListSchema, ClipListSchema, CreditsSchema, ExpressiveListSchema, presenterFor, PresenterListSchema, progressOf, toDId, UploadSchema, type DIdPresenter, type DIdProduct,
} from './d-id.mapper.js';

export interface DIdOptions {
  readonly product: DIdProduct;
  /** The vendor's presenter for a house presenter, where the operator has chosen. */
  readonly chosen: (presenter: HousePresenter) => string | undefined;
  readonly now: () => number;
}

const PAGE = 100;
/** Pages that are looked through for one reference: orders in doubt are minutes old, and lists begin with the newest. */
const MAX_PAGES = 10;
const KEPT_MS = 3_600_000;
const AUDIO_LIMIT_BYTES = 6_000_000;
const EXTENSIONS: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'image/png': 'png', 'image/jpeg': 'jpg' };

/** D-ID over HTTP: `/clips` or `/expressives`, uploads, lists and credits. */
export class DIdAvatarRenderer implements AvatarRenderer {
  readonly speech = 'text_or_audio';
  private presenters: { list: Promise<DIdPresenter[]>; until: number } | undefined;

  constructor(
    private readonly http: VendorHttp,
    private readonly options: DIdOptions,
  ) {}

  estimate({ speech }: AvatarOrder) {
    return { model: this.options.product, usage: { milliseconds: speechMs(speech) } };
  }

  async start(order: AvatarOrder, signal: AbortSignal): Promise<AcceptedJob> {
    const { product } = this.options;
    const presenterId = await this.idOf(order.presenter, signal);
    if (presenterId === undefined) throw new ProviderFailure('unsupported', `D-ID has nobody for the presenter ${order.presenter.id}.`, { field: 'presenter' });
    const { speech, scenery } = order;
    const audioUrl = speech.type === 'audio' ? await this.upload('audio', speech, signal) : undefined;
    const imageUrl = scenery?.type === 'image' ? await this.upload('image', scenery, signal) : undefined;
    const { body, warnings } = toDId(product, order, { presenterId, ...(audioUrl !== undefined && { audioUrl }), ...(imageUrl !== undefined && { imageUrl }) });
    const { id } = AcceptedSchema.parse(await this.http.json('POST', `/${product}`, { json: body, signal }));
    return { id, ...this.estimate(order), warnings };
  }

  async find(reference: string, signal: AbortSignal): Promise<string | null> {
    const { product } = this.options;
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.http.json('GET', `/${product}`, { query: { limit: PAGE, ...(token !== undefined && { token }) }, signal });
      const { jobs, next } = product === 'clips' ? clipsOf(answer) : expressivesOf(answer);
      const found = jobs.find(({ name, user_data: data }) => name === reference || data === reference);
      if (found) return found.id;
      if (!next) return null;
      token = next;
    }
    return null;
  }

  async read(id: string, signal: AbortSignal): Promise<JobProgress> {
    return progressOf(await this.http.json('GET', `/${this.options.product}/${encodeURIComponent(id)}`, { signal }));
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.http.json('DELETE', `/${this.options.product}/${encodeURIComponent(id)}`, { signal });
    } catch (error) {
      if (!(error instanceof VendorHttpError) || (error.status !== 404 && error.status !== 409)) throw error; // gone, or past stopping
    }
  }

  async shows(presenter: HousePresenter, signal: AbortSignal): Promise<boolean> {
    return (await this.idOf(presenter, signal)) !== undefined;
  }

  async credits(signal: AbortSignal): Promise<VendorCredits> {
    const { remaining, total, credits } = CreditsSchema.parse(await this.http.json('GET', '/credits', { signal }));
    const expiresAt = credits.map(({ expire_at: at }) => at).filter((at) => at !== undefined && !Number.isNaN(Date.parse(at))).toSorted()[0];
    return { remaining, ...(total !== undefined && { total }), ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }) };
  }

  private async idOf(presenter: HousePresenter, signal: AbortSignal): Promise<string | undefined> {
    return this.options.chosen(presenter) ?? presenterFor(presenter, await this.known(signal))?.id;
  }

  /** Ids change, so they are read from the vendor, and kept for an hour. */
  private async known(signal: AbortSignal): Promise<DIdPresenter[]> {
    if (!this.presenters || this.presenters.until <= this.options.now()) this.presenters = { list: this.list(signal), until: this.options.now() + KEPT_MS };
    const current = this.presenters;
    try {
      return await current.list;
    } catch (error) {
      if (this.presenters === current) this.presenters = undefined;
      throw error;
    }
  }

  private async list(signal: AbortSignal): Promise<DIdPresenter[]> {
    if (this.options.product === 'expressives') {
      const { avatars } = AvatarListSchema.parse(await this.http.json('GET', '/expressives/avatars', { signal }));
      return avatars.map(({ id, name, gender }) => ({ id, name: name ?? '', gender: gender ?? '' }));
    }
    const found: DIdPresenter[] = [];
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const list = PresenterListSchema.parse(await this.http.json('GET', '/clips/presenters', { query: { limit: PAGE, ...(token !== undefined && { token }) }, signal }));
      found.push(...list.presenters.filter(({ status }) => (status ?? 'done') === 'done').map(({ presenter_id: id, name, gender }) => ({ id, name: name ?? '', gender: gender ?? '' })));
      if (!list.token) break;
      token = list.token;
    }
    return found;
  }

  /** Uploaded files are for use at once: their addresses expire. */
  private async upload(field: 'audio' | 'image', { bytes, contentType }: MediaFile, signal: AbortSignal): Promise<string> {
    if (field === 'audio' && bytes.length > AUDIO_LIMIT_BYTES) throw new ProviderFailure('unsupported', 'D-ID takes recordings of at most 6 MB.', { field: 'audio_key' });
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)], { type: contentType }), `${field}.${EXTENSIONS[contentType] ?? 'bin'}`);
    return UploadSchema.parse(await this.http.json('POST', `/${field}s`, { form, signal })).url;
  }
}

function clipsOf(answer: unknown) {
  const { clips, token } = ClipListSchema.parse(answer);
  return { jobs: clips, next: token };
}

function expressivesOf(answer: unknown) {
  const { expressives, token } = ExpressiveListSchema.parse(answer);
  return { jobs: expressives, next: token };
}

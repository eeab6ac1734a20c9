import type { Language } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { AvatarOrder } from '../../ports/avatar-renderer.port.js';
import type { JobProgress } from '../../ports/vendor-job.port.js';
import { placeOf, type HousePresenter } from '../../presenters/house-presenters.js';

/** V3 Pro (`/clips`) or V4 Expressive (`/expressives`). */
export type DIdProduct = 'clips' | 'expressives';

export const AcceptedSchema = z.looseObject({ id: z.string().min(1) });
export const UploadSchema = z.looseObject({ url: z.string().min(1) });
export const CreditsSchema = z.looseObject({ remaining: z.number(), total: z.number().optional(), credits: z.array(z.looseObject({ expire_at: z.string().optional() })).default([]) });
const listed = z.looseObject({ id: z.string(), name: z.string().nullish(), user_data: z.string().nullish() });
export const ClipListSchema = z.looseObject({ clips: z.array(listed), token: z.string().nullish() });
export const ExpressiveListSchema = z.looseObject({ expressives: z.array(listed), token: z.string().nullish() });
export const PresenterListSchema = z.looseObject({
  presenters: z.array(z.looseObject({ presenter_id: z.string(), name: z.string().nullish(), gender: z.string().nullish(), status: z.string().nullish() })), token: z.string().nullish(),
});
export const AvatarListSchema = z.looseObject({ avatars: z.array(z.looseObject({ id: z.string(), name: z.string().nullish(), gender: z.string().nullish() })) });

const JobSchema = z.looseObject({
  status: z.string(),
  result_url: z.string().nullish(),
  subtitles_url: z.string().nullish(),
  error: z.looseObject({ kind: z.string().optional(), description: z.string().optional() }).nullish(),
});

/** Somebody whom the vendor can show. */
export interface DIdPresenter {
  readonly id: string;
  readonly name: string;
  readonly gender: string;
}

/** By name, else the one in the presenter's place among those of its gender, so that two house presenters are two people as far as there are enough. */
export function presenterFor(house: HousePresenter, presenters: readonly DIdPresenter[]): DIdPresenter | undefined {
  const byName = house.lookAlikes.map((name) => presenters.find((presenter) => presenter.name.toLowerCase().split(/[\s_-]/)[0] === name)).find((found) => found !== undefined);
  if (byName) return byName;
  const same = presenters.filter(({ gender }) => gender.toLowerCase() === house.gender);
  return same[placeOf(house) % Math.max(1, same.length)];
}

/** Neural voices of Microsoft, which D-ID speaks texts with. */
const VOICES: Readonly<Record<Language, Readonly<Record<HousePresenter['gender'], string>>>> = {
  'pt-BR': { female: 'pt-BR-FranciscaNeural', male: 'pt-BR-AntonioNeural' },
  en: { female: 'en-US-JennyNeural', male: 'en-US-GuyNeural' },
};

export interface DIdMedia {
  readonly presenterId: string;
  readonly audioUrl?: string;
  readonly imageUrl?: string;
}

/** Body of `POST /clips` or `POST /expressives`. The reference stands in `name` as well, because lists of clips show no `user_data`. */
export function toDId(product: DIdProduct, order: AvatarOrder, media: DIdMedia): { body: object; warnings: string[] } {
  const script = scriptOf(order, media.audioUrl);
  const shared = { script, user_data: order.reference, name: order.reference, ...(order.webhookUrl !== undefined && { webhook: order.webhookUrl }) };
  const warnings = order.aspect === '9:16' ? ['D-ID decides the format of the picture by its presenter: 9:16 is not honoured.'] : [];
  if (product === 'clips') return { body: { ...shared, presenter_id: media.presenterId, config: { result_format: 'mp4' }, ...clipBackground(order, media.imageUrl) }, warnings };
  return { body: { ...shared, avatar_id: media.presenterId, config: { result_format: 'mp4', output_resolution: 720 }, ...expressiveBackground(order, media.imageUrl) }, warnings };
}

function scriptOf({ speech, subtitles, presenter }: AvatarOrder, audioUrl: string | undefined): object {
  if (speech.type === 'audio') return { type: 'audio', audio_url: audioUrl, subtitles };
  return { type: 'text', input: speech.text, subtitles, ssml: false, provider: { type: 'microsoft', voice_id: VOICES[speech.language][presenter.gender] } };
}

function clipBackground({ scenery }: AvatarOrder, imageUrl: string | undefined): object {
  if (!scenery) return {};
  return { background: scenery.type === 'color' ? { color: scenery.value } : { source_url: imageUrl } };
}

function expressiveBackground({ scenery }: AvatarOrder, imageUrl: string | undefined): object {
  if (!scenery) return {};
  return { background: scenery.type === 'color' ? scenery : { type: 'image_url', value: imageUrl } };
}

/** `created | started | done | error | rejected`; whatever comes to these some day is on its way. */
export function progressOf(answer: unknown): JobProgress {
  const { status, result_url: url, subtitles_url: captionsUrl, error } = JobSchema.parse(answer);
  if (status === 'created') return { state: 'queued' };
  if (status === 'done' && url) return { state: 'done', video: { url }, ...(captionsUrl && { captionsUrl }) };
  if (status === 'done') return { state: 'failed', kind: 'malformed', detail: 'D-ID says that the video is done, and not where it is.' };
  if (status === 'rejected' || /Moderation|Celebrity/.test(error?.kind ?? '')) return { state: 'failed', kind: 'content_policy', detail: 'D-ID refused the video for its content.' };
  if (status === 'error') return { state: 'failed', kind: 'unavailable', detail: 'D-ID could not make the video.' };
  return { state: 'rendering' };
}

import type { Language } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { AvatarOrder } from '../../ports/avatar-renderer.port.js';
import type { JobProgress } from '../../ports/vendor-job.port.js';

export const AcceptedSchema = z.looseObject({ id: z.string().min(1) });
export const UploadSchema = z.looseObject({ id: z.string().min(1) });
export const VideoListSchema = z.looseObject({ videos: z.array(z.looseObject({ id: z.string(), callbackId: z.string().nullish() })).default([]), nextOffset: z.int().nullish() });
export const WebhookSchema = z.looseObject({ id: z.string(), secret: z.string(), url: z.string() });

const VideoSchema = z.looseObject({
  status: z.string(),
  download: z.string().nullish(),
  captions: z.looseObject({ vtt: z.string().nullish() }).nullish(),
});

export interface SynthesiaChoice {
  /** The vendor's avatar: workspaces have their own. */
  readonly avatar: string;
  /** UUID of the vendor's voice, for texts; the avatar's own when absent. */
  readonly voice: string | undefined;
  /** Watermarked, and free. */
  readonly test: boolean;
  /** Id of the uploaded recording. */
  readonly scriptAudio?: string;
}

const SCRIPT_LANGUAGES: Readonly<Record<Language, string>> = { 'pt-BR': 'pt-BR', en: 'en-US' };
const PLAIN_BACKGROUND = 'off_white';

/** Body of `POST /v2/videos`. */
export function toSynthesia(order: AvatarOrder, choice: SynthesiaChoice): { body: object; warnings: string[] } {
  const warnings: string[] = [];
  const scene = {
    avatar: choice.avatar,
    avatarSettings: { style: 'rectangular', horizontalAlign: 'center', ...(order.speech.type === 'text' && choice.voice !== undefined && { voice: choice.voice }) },
    background: backgroundOf(order, warnings),
    ...scriptOf(order, choice, warnings),
  };
  const body = {
    test: choice.test, visibility: 'private', aspectRatio: order.aspect, callbackId: order.reference, title: order.title ?? order.reference, input: [scene],
  };
  return { body, warnings };
}

function scriptOf({ speech }: AvatarOrder, { scriptAudio, voice }: SynthesiaChoice, warnings: string[]): object {
  if (speech.type === 'audio') return { scriptAudio, scriptLanguage: SCRIPT_LANGUAGES[speech.language] };
  if (voice === undefined) warnings.push('Synthesia speaks with the voice of its avatar: set SYNTHESIA_VOICE_… to choose one.');
  return { scriptText: speech.text, scriptLanguage: SCRIPT_LANGUAGES[speech.language] };
}

/** A colour, or an address that Synthesia can fetch. */
function backgroundOf({ scenery }: AvatarOrder, warnings: string[]): string {
  if (!scenery) return PLAIN_BACKGROUND;
  if (scenery.type === 'color') return scenery.value;
  if (scenery.publicUrl?.startsWith('https://') === true) return scenery.publicUrl;
  warnings.push('Synthesia fetches pictures from public https addresses alone: the background is plain.');
  return PLAIN_BACKGROUND;
}

/** `in_progress | complete | error | rejected | deleted | approved`; `approved` and whatever comes some day are on their way. */
export function progressOf(answer: unknown): JobProgress {
  const { status, download: url, captions } = VideoSchema.parse(answer);
  if (status === 'complete' && url) return { state: 'done', video: { url }, ...(captions?.vtt && { captionsUrl: captions.vtt }) };
  if (status === 'complete') return { state: 'failed', kind: 'malformed', detail: 'Synthesia says that the video is complete, and not where it is.' };
  if (status === 'rejected') return { state: 'failed', kind: 'content_policy', detail: 'Synthesia refused the video for its content.' };
  if (status === 'error' || status === 'deleted') return { state: 'failed', kind: 'unavailable', detail: 'Synthesia could not make the video.' };
  return { state: 'rendering' };
}

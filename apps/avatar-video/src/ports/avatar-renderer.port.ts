import type { Aspect, Language } from '@tecnocursos/contracts';
import type { HousePresenter } from '../presenters/house-presenters.js';
import type { VendorJobs } from './vendor-job.port.js';

export interface MediaFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

export type Speech =
  | { readonly type: 'text'; readonly text: string; readonly language: Language }
  /** MP3. */
  | ({ readonly type: 'audio'; readonly language: Language; readonly durationMs: number } & MediaFile);

export type Scenery =
  | { readonly type: 'color'; readonly value: string }
  /** `publicUrl`: where vendors that take no upload can fetch it; absent when the platform has no public address. */
  | ({ readonly type: 'image'; readonly publicUrl?: string } & MediaFile);

export interface AvatarOrder {
  /** Ours, unique to this try: what `find` looks for. */
  readonly reference: string;
  readonly presenter: HousePresenter;
  readonly speech: Speech;
  readonly scenery?: Scenery;
  readonly aspect: Aspect;
  readonly subtitles: boolean;
  readonly title?: string;
  /** Address that the vendor may call when something has happened; absent where nobody outside can reach us. */
  readonly webhookUrl?: string;
}

export interface VendorCredits {
  /** In the vendor's own unit. */
  readonly remaining: number;
  readonly total?: number;
  readonly expiresAt?: string;
}

/** Makes videos in which a presenter speaks. */
export interface AvatarRenderer extends VendorJobs<AvatarOrder> {
  /** `audio`: a text must be spoken before it comes here. */
  readonly speech: 'text_or_audio' | 'audio';
  /** Whether it has somebody for this presenter. @throws as the other methods. */
  shows(presenter: HousePresenter, signal: AbortSignal): Promise<boolean>;
  /** Absent: it counts no credits. */
  credits?(signal: AbortSignal): Promise<VendorCredits>;
}

import type { AvatarVideoProvider, AvatarOperation } from '../ports/avatar-video-provider.port.js';
import type { VendorJobs } from '../ports/vendor-job.port.js';
import type { VideoRow } from './video-view.js';

/** Jobs of one provider, of which only the order's reference is known here. */
export type AnyJobs = Omit<VendorJobs<{ readonly reference: string }>, 'start' | 'estimate'>;

export const operationOf = ({ kind }: Pick<VideoRow, 'kind'>): AvatarOperation => kind;

/** What of a provider makes videos of a kind; undefined when it makes none. */
export const jobsOf = (port: AvatarVideoProvider, { kind }: Pick<VideoRow, 'kind'>): AnyJobs | undefined => (kind === 'avatar' ? port.avatars : port.effects);

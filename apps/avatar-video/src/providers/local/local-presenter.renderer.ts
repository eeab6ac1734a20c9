import type { AvatarOrder, AvatarRenderer } from '../../ports/avatar-renderer.port.js';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';
import type { LocalJobs } from './local-jobs.js';
import { renderPresenterVideo } from './presenter/presenter-video.js';

const MODEL = 'drawn-presenter';

/** A drawn presenter, whose mouth moves with the loudness of the speech. Costs nothing, and works offline. */
export class LocalPresenterRenderer implements AvatarRenderer {
  readonly speech = 'audio';
  readonly pollMs = 500;

  constructor(private readonly jobs: LocalJobs) {}

  estimate(_order: AvatarOrder) {
    return { model: MODEL, usage: {} };
  }

  start(order: AvatarOrder): Promise<AcceptedJob> {
    return this.jobs.start(order.reference, MODEL, (folder, signal) => renderPresenterVideo(order, folder, signal));
  }

  find(reference: string): Promise<string | null> {
    return this.jobs.find(reference);
  }

  read(id: string): Promise<JobProgress> {
    return this.jobs.read(id);
  }

  cancel(id: string): Promise<void> {
    return this.jobs.cancel(id);
  }

  async shows(): Promise<boolean> {
    return true;
  }
}

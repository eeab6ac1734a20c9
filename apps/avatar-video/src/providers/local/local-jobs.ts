import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, newId } from '@tecnocursos/contracts';
import { Semaphore } from '@tecnocursos/nest-kit';
import { ProviderFailure, type FailureKind } from '@tecnocursos/provider-kit';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';

interface LocalJob {
  readonly reference: string;
  readonly folder: string;
  readonly stop: AbortController;
  progress: JobProgress;
  running: Promise<void>;
}

/** Finished videos are fetched within seconds; what nobody has fetched is given up after this many jobs. */
const MAX_KEPT = 32;

/** Work of this process that is asked about as a vendor's is. It ends with the process, and is then not known any more. */
export class LocalJobs {
  private readonly jobs = new Map<string, LocalJob>();
  private readonly turns: Semaphore;

  constructor(atATime: number) {
    this.turns = new Semaphore(atATime);
  }

  /** @param make writes the video into the folder, and returns its path. */
  async start(reference: string, model: string, make: (folder: string, signal: AbortSignal) => Promise<string>): Promise<AcceptedJob> {
    await this.forgetOldest();
    const id = newId();
    const job: LocalJob = { reference, folder: await mkdtemp(join(tmpdir(), 'tecnocursos-local-')), stop: new AbortController(), progress: { state: 'queued' }, running: Promise.resolve() };
    this.jobs.set(id, job);
    job.running = this.work(job, make);
    return { id, model, usage: {}, warnings: [] };
  }

  async find(reference: string): Promise<string | null> {
    for (const [id, job] of this.jobs) if (job.reference === reference) return id;
    return null;
  }

  async read(id: string): Promise<JobProgress> {
    const job = this.jobs.get(id);
    if (!job) throw new ProviderFailure('unsupported', 'The work ended with the process that did it.');
    return job.progress;
  }

  async cancel(id: string): Promise<void> {
    const job = this.jobs.get(id);
    if (!job) return;
    this.jobs.delete(id);
    job.stop.abort();
    await job.running;
    await rm(job.folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await Promise.all([...this.jobs.keys()].map((id) => this.cancel(id)));
  }

  private async work(job: LocalJob, make: (folder: string, signal: AbortSignal) => Promise<string>): Promise<void> {
    const { signal } = job.stop;
    try {
      const path = await this.turns.run(() => {
        job.progress = { state: 'rendering' };
        return make(job.folder, signal);
      }, signal);
      job.progress = { state: 'done', video: { path } };
    } catch (error) {
      const [kind, detail] = error instanceof AppError ? [kindOf(error), error.detail] : (['unavailable', 'The video could not be made.'] as const);
      job.progress = { state: 'failed', kind, detail };
    }
  }

  private async forgetOldest(): Promise<void> {
    const oldest = this.jobs.keys().next();
    if (this.jobs.size >= MAX_KEPT && !oldest.done) await this.cancel(oldest.value);
  }
}

const kindOf = ({ code }: AppError): FailureKind => (code === 'canceled' ? 'canceled' : 'unavailable');

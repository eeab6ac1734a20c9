import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ErrorCode } from '@tecnocursos/contracts';
import { ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { AvatarVideoConfigSchema, type AvatarVideoConfig } from '../avatar-video.config.js';
import { CLOCK, type Clock } from '../clock.js';
import type { JobProgress } from '../ports/vendor-job.port.js';
import { jobsOf } from './order-jobs.js';
import { VideoDelivery } from './video-delivery.service.js';
import { VideoProviders } from './video-providers.service.js';
import { changeAfterStart, VideoStarter } from './video-starter.service.js';
import { servedByOf, type AttemptRow, type VideoRow } from './video-view.js';
import { VideoRepository, type VideoChange } from './video.repository.js';

/** Failed steps in a row after which a video is given up. */
const MAX_FAILURES = 6;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A vendor's lists may lag behind: a job is gone when it is unknown so many times. */
const UNKNOWN_READS = 3;
const FINAL_KINDS: Readonly<Record<string, ErrorCode>> = { content_policy: 'content_policy', invalid_request: 'invalid_request' };

/** Takes a video one step further. Each step may be cut off anywhere, and is then taken again by whoever finds the video. */
@Injectable()
export class VideoMachine {
  private readonly config: AvatarVideoConfig;

  constructor(
    private readonly videos: VideoRepository,
    private readonly providers: VideoProviders,
    private readonly starter: VideoStarter,
    private readonly delivery: VideoDelivery,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.config = readConfig(AvatarVideoConfigSchema, environment);
  }

  async advance(video: VideoRow, signal: AbortSignal): Promise<void> {
    const attempts = (await this.videos.find(video.tenant_id, video.id))?.attempts ?? [];
    const last = attempts.at(-1);
    try {
      if (last?.state === 'starting') await this.doubt(video, last);
      else if (last?.state === 'in_doubt') await this.lookUp(video, last, signal);
      else if (last?.state === 'accepted') await this.follow(video, attempts, last, signal);
      else await this.start(video, attempts, signal);
    } catch (error) {
      await this.stumble(video, last, error, signal);
    }
  }

  /** Tells vendors that nobody wants their work any more. */
  async cancelAtVendors(signal: AbortSignal): Promise<void> {
    for (const { attempt, video } of await this.videos.toCancel(20)) {
      const known = this.providers.of(video, attempt, signal);
      const detail = known ? await this.stopped(known, attempt, signal) : 'The vendor is not configured any more, and was not told.';
      if (detail !== 'later') await this.videos.canceledAtVendor(attempt, detail);
    }
  }

  private async stopped({ handle, jobs }: NonNullable<ReturnType<VideoProviders['of']>>, attempt: AttemptRow, signal: AbortSignal): Promise<string | null> {
    try {
      await this.providers.ask(handle, signal, (abort) => jobs.cancel(attempt.vendor_job_id ?? '', abort));
      return null;
    } catch (error) {
      const { kind, detail } = error as ProviderFailure;
      return kind === 'unavailable' || kind === 'timeout' || kind === 'rate_limited' || kind === 'canceled' ? 'later' : `The vendor did not stop it: ${detail}`;
    }
  }

  private async start(video: VideoRow, attempts: readonly AttemptRow[], signal: AbortSignal): Promise<void> {
    const refused = attempts.at(-1);
    const final = refused && FINAL_KINDS[refused.failure_kind ?? ''];
    if (refused && final) return this.fail(video, final, refused.detail ?? 'The vendor refused the order.');
    const handle = this.providers.next(video, attempts, signal);
    if (!handle) return this.exhausted(video, attempts);
    const planned = await this.starter.plan(video, handle, attempts.length + 1, signal);
    const kept = await this.videos.noteIntent(video, planned.attempt);
    if (!kept) return;
    const outcome = await planned.send(signal);
    const timing = { now: this.clock.now(), pollMs: jobsOf(handle.port, video)?.pollMs ?? this.config.AVATAR_VIDEO_POLL_MS, doubtMs: this.config.AVATAR_VIDEO_DOUBT_MS };
    await this.videos.apply(video, changeAfterStart(video, planned.attempt, outcome, timing));
  }

  /** Somebody wrote down that an order would be sent, and then was gone. */
  private async doubt(video: VideoRow, attempt: AttemptRow): Promise<void> {
    const nextAt = new Date(this.clock.now() + this.config.AVATAR_VIDEO_DOUBT_MS);
    await this.videos.apply(video, { attempt: { id: attempt.id, state: 'in_doubt', detail: 'The work was cut off while the order was sent.' }, video: { nextAt } });
  }

  private async lookUp(video: VideoRow, attempt: AttemptRow, signal: AbortSignal): Promise<void> {
    const known = this.providers.of(video, attempt, signal);
    if (!known?.jobs.find) {
      const detail = `It is not known whether ${attempt.provider} took the order, and it cannot be asked: look there, and order again when it has not.`;
      await this.videos.apply(video, { attempt: { id: attempt.id, state: 'failed', failure_kind: 'in_doubt', detail }, video: { state: 'failed', failure: JSON.stringify({ code: 'provider_failed', detail }) } });
      return;
    }
    const { find } = known.jobs;
    const vendorJobId = await this.providers.ask(known.handle, signal, (abort) => find.call(known.jobs, attempt.id, abort));
    const now = new Date(this.clock.now());
    const change: VideoChange = vendorJobId === null
      ? { attempt: { id: attempt.id, state: 'refused', cost_micros: 0, failure_kind: 'lost', detail: 'The order did not reach the vendor.' }, video: { nextAt: now } }
      : { attempt: { id: attempt.id, state: 'accepted', vendor_job_id: vendorJobId, detail: null }, video: { state: 'rendering', failures: 0, nextAt: now } };
    await this.videos.apply(video, change);
  }

  private async follow(video: VideoRow, attempts: readonly AttemptRow[], attempt: AttemptRow, signal: AbortSignal): Promise<void> {
    const known = this.providers.of(video, attempt, signal);
    if (!known) return this.fail(video, 'provider_unavailable', `${attempt.provider} is not configured any more, and its video cannot be fetched.`);
    const progress = await this.providers.ask(known.handle, signal, (abort) => known.jobs.read(attempt.vendor_job_id ?? '', abort));
    if (progress.state === 'done') return this.finish(video, attempts, attempt, progress, signal);
    if (progress.state === 'failed') return this.vendorFailed(video, attempt, progress);
    if (this.clock.now() - attempt.started_at.getTime() > this.config.AVATAR_VIDEO_RENDER_LIMIT_S * 1_000) return this.overdue(video, attempt);
    const percent = progress.state === 'rendering' ? (progress.percent ?? video.percent) : video.percent;
    const nextAt = new Date(this.clock.now() + (known.jobs.pollMs ?? this.config.AVATAR_VIDEO_POLL_MS));
    await this.videos.apply(video, { video: { percent: Math.max(video.percent, Math.min(percent, 99)), failures: 0, nextAt }, attempt: { id: attempt.id, unknown_reads: 0 } });
  }

  private async finish(video: VideoRow, attempts: readonly AttemptRow[], attempt: AttemptRow, progress: Extract<JobProgress, { state: 'done' }>, signal: AbortSignal): Promise<void> {
    const downloading = video.state === 'downloading' ? video : await this.videos.moveOn(video, { state: 'downloading', percent: 99 });
    if (!downloading) return;
    const result = await this.delivery.deliver(downloading, progress, attempt.simulated, signal);
    const servedBy = servedByOf(attempts);
    await this.videos.apply(downloading, {
      attempt: { id: attempt.id, state: 'done', detail: null },
      video: { state: 'ready', percent: 100, result: JSON.stringify(result), served_by: servedBy && JSON.stringify(servedBy), failures: 0 },
    });
  }

  /** The vendor took the order and says that it failed: now, and not before, somebody else may be asked. */
  private async vendorFailed(video: VideoRow, attempt: AttemptRow, { kind, detail }: Extract<JobProgress, { state: 'failed' }>): Promise<void> {
    await this.videos.apply(video, {
      attempt: { id: attempt.id, state: 'failed', failure_kind: kind, detail }, video: { nextAt: new Date(this.clock.now()), addWarnings: [`${attempt.provider} took the order and failed: ${detail}`] },
    });
  }

  private async overdue(video: VideoRow, attempt: AttemptRow): Promise<void> {
    const detail = `${attempt.provider} was not ready after ${this.config.AVATAR_VIDEO_RENDER_LIMIT_S} seconds.`;
    await this.videos.apply(video, {
      attempt: { id: attempt.id, state: 'failed', failure_kind: 'timeout', detail, cancel_pending: true },
      video: { state: 'failed', failure: JSON.stringify({ code: 'timeout', detail }) },
    });
  }

  private async exhausted(video: VideoRow, attempts: readonly AttemptRow[]): Promise<void> {
    const [code] = [...new Set(attempts.map(({ failure_kind: kind }) => kind))].length === 1 ? [attempts[0]?.failure_kind] : [undefined];
    if (code === 'budget_exhausted' || code === 'max_cost_exceeded') return this.fail(video, code, attempts[0]?.detail ?? '');
    const details = attempts.map(({ provider, detail }) => `${provider}: ${detail ?? 'it failed'}`);
    if (details.length === 0) return this.fail(video, 'provider_unavailable', 'No provider that can make this is configured. See GET /api/integrations/ for what is.');
    await this.fail(video, 'provider_unavailable', `Nobody could make the video. ${details.join(' ')}`);
  }

  private async fail(video: VideoRow, code: ErrorCode, detail: string): Promise<void> {
    await this.videos.apply(video, { video: { state: 'failed', failure: JSON.stringify({ code, detail }) } });
  }

  /** A step that broke: a little later again, and after many times no more. What no repetition mends ends the video at once. */
  private async stumble(video: VideoRow, attempt: AttemptRow | undefined, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return; // the lease runs out, and another worker takes over
    if (error instanceof ProviderFailure && error.kind === 'unsupported' && attempt?.state === 'accepted') return this.unknownJob(video, attempt);
    const failures = video.failures + 1;
    this.logger.warn({ err: error, video_id: video.id, provider: attempt?.provider, failures }, 'a step of a video failed');
    const mendable = error instanceof AppError ? error.retryable && error.code !== 'provider_failed' : true;
    if (!mendable || failures >= MAX_FAILURES) {
      const [code, detail] = error instanceof AppError ? [error.code, error.detail] : [attempt ? 'provider_failed' : 'internal', error instanceof ProviderFailure ? error.detail : 'Something failed on our side; it is in our logs.'] as const;
      return this.fail(video, code, detail);
    }
    const wait = Math.min(LONGEST_PAUSE_MS, error instanceof ProviderFailure && error.retryAfterMs !== undefined ? Math.max(error.retryAfterMs, FIRST_PAUSE_MS) : FIRST_PAUSE_MS * 2 ** (failures - 1));
    await this.videos.apply(video, { video: { failures, nextAt: new Date(this.clock.now() + wait) } });
  }

  /** A job that its vendor does not know: lost by a local engine with its process, by a vendor when it says so again and again. */
  private async unknownJob(video: VideoRow, attempt: AttemptRow): Promise<void> {
    const unknownReads = attempt.unknown_reads + 1;
    const isGone = unknownReads >= UNKNOWN_READS || attempt.provider === 'local';
    const change = isGone ? { state: 'failed', failure_kind: attempt.provider === 'local' ? 'lost' : 'gone', detail: 'The job is not known any more.' } as const : {};
    await this.videos.apply(video, {
      attempt: { id: attempt.id, unknown_reads: unknownReads, ...change }, video: { nextAt: new Date(this.clock.now() + (isGone ? 0 : this.config.AVATAR_VIDEO_POLL_MS)) },
    });
  }
}

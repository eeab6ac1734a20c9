import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { backgroundContext, PeriodicTask, runInContext, withLease } from '@tecnocursos/messaging';
import { ENVIRONMENT, LOGGER, Metrics, OutboxPublisher, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { AvatarVideoConfigSchema } from '../avatar-video.config.js';
import { WebhookDispatcher } from '../outbound-webhooks/webhook-dispatcher.js';
import { VideoMachine } from './video-machine.service.js';
import { LEASE_MS, VideoRepository } from './video.repository.js';
import type { VideoRow } from './video-view.js';
import { WebhookInbox } from './webhook-inbox.repository.js';

const TICK_MS = 250;
const TIDY_EVERY_MS = 3_600_000;
const STOP_GRACE_MS = 1_000;

/** Finds videos that something is to be done for, and does it: the table is the queue, so that nothing can get lost between the two. */
@Injectable()
export class VideoWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly concurrency: number;
  private readonly search: PeriodicTask;
  private closed = false;
  private tidiedAt = 0;

  constructor(
    private readonly videos: VideoRepository,
    private readonly machine: VideoMachine,
    private readonly dispatcher: WebhookDispatcher,
    private readonly outbox: OutboxPublisher,
    private readonly inbox: WebhookInbox,
    private readonly metrics: Metrics,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.concurrency = readConfig(AvatarVideoConfigSchema, environment).AVATAR_VIDEO_WORKER_CONCURRENCY;
    this.search = new PeriodicTask({
      firstMs: 0, everyMs: TICK_MS,
      run: () => this.look(),
      onError: (error) => logger.warn({ err: error }, 'videos could not be looked for; it will be tried again'),
    });
  }

  onApplicationBootstrap(): void {
    this.search.start();
  }

  /** Looks now, instead of at the next tick. */
  kick(): void {
    this.search.kick();
  }

  /** Steps under way get a moment to end; what is cut off is found by its lease. */
  async onModuleDestroy(): Promise<void> {
    const cut = setTimeout(() => this.stopping.abort(), STOP_GRACE_MS);
    this.closed = true;
    await this.search.stop();
    await Promise.all(this.running);
    clearTimeout(cut);
    this.stopping.abort();
    await this.dispatcher.stop();
  }

  private async look(): Promise<void> {
    const free = this.closed ? 0 : this.concurrency - this.running.size;
    for (const video of free > 0 ? await this.videos.claim(free) : []) this.take(video);
    await this.machine.cancelAtVendors(this.stopping.signal);
    await this.dispatcher.dispatch();
    await this.tidy();
  }

  private take(video: VideoRow): void {
    const work = this.work(video).finally(() => {
      this.running.delete(work);
      this.outbox.kick();
      this.kick();
    });
    this.running.add(work);
  }

  private async work(video: VideoRow): Promise<void> {
    const lease = {
      leaseMs: LEASE_MS, extend: () => this.videos.extendLease(video),
      onError: (error: unknown) => this.logger.warn({ err: error }, 'could not extend the lease of a video'),
    };
    const started = performance.now();
    try {
      await withLease(lease, this.stopping.signal, (signal) => runInContext(backgroundContext(video.tenant_id, video.request_id, signal), () => this.machine.advance(video, signal)));
      this.metrics.jobFinished('avatar-video', video.kind, performance.now() - started, 'done');
    } catch (error) {
      this.metrics.jobFinished('avatar-video', video.kind, performance.now() - started, 'retry');
      this.logger.warn({ err: error, video_id: video.id }, 'a video could not be taken further; it will be taken again');
    } finally {
      if (this.stopping.signal.aborted) await this.videos.release(video).catch(() => undefined); // else its lease runs out
    }
  }

  private async tidy(): Promise<void> {
    if (performance.now() - this.tidiedAt < TIDY_EVERY_MS && this.tidiedAt > 0) return;
    this.tidiedAt = performance.now();
    await this.inbox.removeOld();
  }
}

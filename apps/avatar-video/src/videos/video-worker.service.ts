import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { backgroundContext, runInContext } from '@tecnocursos/messaging';
import { ENVIRONMENT, LOGGER, Metrics, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { AvatarVideoConfigSchema } from '../avatar-video.config.js';
import { WebhookDispatcher } from '../outbound-webhooks/webhook-dispatcher.js';
import { OutboxPublisher } from './outbox-publisher.service.js';
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
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;
  private again = false;
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
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.kick(), TICK_MS);
    this.kick();
  }

  /** Looks now, instead of at the next tick. */
  kick(): void {
    if (this.closed) return;
    this.again = true;
    this.ticking ??= this.tick().finally(() => {
      this.ticking = undefined;
      if (this.again) this.kick();
    });
  }

  /** Steps under way get a moment to end; what is cut off is found by its lease. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    const cut = setTimeout(() => this.stopping.abort(), STOP_GRACE_MS);
    this.closed = true;
    await this.ticking;
    await Promise.all(this.running);
    clearTimeout(cut);
    this.stopping.abort();
    await this.dispatcher.stop();
  }

  private async tick(): Promise<void> {
    this.again = false;
    try {
      const free = this.closed ? 0 : this.concurrency - this.running.size;
      for (const video of free > 0 ? await this.videos.claim(free) : []) this.take(video);
      await this.machine.cancelAtVendors(this.stopping.signal);
      await this.dispatcher.dispatch();
      await this.tidy();
    } catch (error) {
      this.logger.warn({ err: error }, 'videos could not be looked for; it will be tried again');
    }
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
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.stopping.signal]);
    const heartbeat = setInterval(() => void this.keepLease(video, lost), LEASE_MS / 3);
    const started = performance.now();
    try {
      await runInContext(backgroundContext(video.tenant_id, video.request_id, signal), () => this.machine.advance(video, signal));
      this.metrics.jobFinished('avatar-video', video.kind, performance.now() - started, 'done');
    } catch (error) {
      this.metrics.jobFinished('avatar-video', video.kind, performance.now() - started, 'retry');
      this.logger.warn({ err: error, video_id: video.id }, 'a video could not be taken further; it will be taken again');
    } finally {
      clearInterval(heartbeat);
      if (this.stopping.signal.aborted) await this.videos.release(video).catch(() => undefined); // else its lease runs out
    }
  }

  private async keepLease(video: VideoRow, lost: AbortController): Promise<void> {
    try {
      if (!(await this.videos.extendLease(video))) lost.abort();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not extend the lease of a video');
    }
  }

  private async tidy(): Promise<void> {
    if (performance.now() - this.tidiedAt < TIDY_EVERY_MS && this.tidiedAt > 0) return;
    this.tidiedAt = performance.now();
    await this.inbox.removeOld();
  }
}

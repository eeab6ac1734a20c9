import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { webhookEvents, type ReceivedWebhook, type WebhookVendor } from '@tecnocursos/contracts';
import { JobWorker, STREAMS, type BusConnection, type JobOutcome } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, LOGGER, readConfig, TimestampHmacScheme, TokenUrlScheme, WebhookRefused, webhookTokenHash, type Environment, type Logger, type VerifiedWebhook, type WebhookScheme } from '@tecnocursos/nest-kit';
import { z } from 'zod';
import { AvatarVideoConfigSchema } from '../avatar-video.config.js';
import { VideoWorker } from './video-worker.service.js';
import { WebhookInbox, type OrderMark } from './webhook-inbox.repository.js';

/** Name of the consumer of a vendor's calls, shared by the replicas. */
export const webhookConsumerOf = (vendor: string): string => `avatar-video-webhooks-${vendor}`;

const CONCURRENCY = 16;
const STOP_GRACE_MS = 1_000;

/** `{type, data: {id, callbackId, …}}`, of which nothing is believed but where to look. */
const SynthesiaCallSchema = z.looseObject({ data: z.looseObject({ id: z.string().max(200), callbackId: z.string().nullish() }) });

interface Caller {
  readonly scheme: WebhookScheme;
  /** Which order a verified call speaks of; undefined when it speaks of none. */
  mark(call: ReceivedWebhook, verified: VerifiedWebhook): OrderMark | undefined;
}

/** Follows the vendors' calls, which the gateway has stored: verifies, tells duplicates, and has the order looked at. What became of it is read from the vendor. */
@Injectable()
export class WebhookIntake implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly callers: Readonly<Record<WebhookVendor, Caller>>;
  private readonly workers: readonly JobWorker<(typeof webhookEvents)[WebhookVendor]>[];

  constructor(
    @Inject(BUS) connection: BusConnection,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly inbox: WebhookInbox,
    private readonly videos: VideoWorker,
  ) {
    const { AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS: secrets } = readConfig(AvatarVideoConfigSchema, environment);
    this.callers = {
      'd-id': { scheme: new TokenUrlScheme((hash) => inbox.knowsToken(hash)), mark: ({ token }) => (token === null ? undefined : { tokenSha256: webhookTokenHash(token) }) },
      synthesia: { scheme: new TimestampHmacScheme({ secrets, timestampHeader: 'synthesia-timestamp', signatureHeader: 'synthesia-signature' }), mark: (_call, { body }) => synthesiaMark(body) },
    };
    this.workers = (Object.keys(this.callers) as WebhookVendor[]).map((vendor) => new JobWorker(connection, {
      contract: webhookEvents[vendor], stream: STREAMS.events, durable: webhookConsumerOf(vendor), concurrency: CONCURRENCY,
      handle: (call) => this.handle(vendor, call),
      onError: (error, subject) => logger.warn({ err: error, subject }, 'a call of a vendor could not be taken; it will come again'),
      onDropped: (reason, subject) => logger.warn({ reason, subject }, 'a call of a vendor was dropped'),
    }));
  }

  onApplicationBootstrap(): void {
    for (const worker of this.workers) worker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop(STOP_GRACE_MS)));
  }

  /** How old a call may be is judged by when it came in: it may have waited for us. */
  async handle(vendor: WebhookVendor, call: ReceivedWebhook): Promise<JobOutcome> {
    const { scheme, mark } = this.callers[vendor];
    try {
      const verified = await scheme.verify(call, Date.parse(call.received_at));
      const order = mark(call, verified);
      if (!order) return { type: 'drop', reason: 'names no order' };
      const outcome = await this.inbox.take({ vendor, eventId: verified.eventId }, order);
      this.logger.debug({ vendor, outcome }, 'call of a vendor');
      if (outcome === 'taken') this.videos.kick();
      return { type: 'done' };
    } catch (error) {
      if (error instanceof WebhookRefused) return { type: 'drop', reason: error.reason };
      throw error;
    }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function synthesiaMark(body: Buffer): OrderMark | undefined {
  const parsed = SynthesiaCallSchema.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { id, callbackId } = parsed.data.data;
  return callbackId && UUID.test(callbackId) ? { reference: callbackId } : { vendorJobId: id };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId } from '@tecnocursos/contracts';
import { ENVIRONMENT, newWebhookToken, readConfig, webhookTokenHash, type Environment } from '@tecnocursos/nest-kit';
import { ProviderFailure, type AttemptResult } from '@tecnocursos/provider-kit';
import { AvatarVideoConfigSchema, type AvatarVideoConfig } from '../avatar-video.config.js';
import { CLOCK, type Clock } from '../clock.js';
import type { AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import type { AcceptedJob } from '../ports/vendor-job.port.js';
import { leavesInDoubt, NOT_SENT } from '../wire/transport-failure.js';
import { OrderBuilder } from './order-builder.service.js';
import { operationOf } from './order-jobs.js';
import { VideoProviders, type Handle } from './video-providers.service.js';
import { requestOf } from './video-request.js';
import type { VideoChange } from './video.repository.js';
import type { AttemptRow, VideoRow } from './video-view.js';

/** Milliseconds for placing an order, uploads included. */
const START_TIMEOUT_MS = 120_000;

/** An order that is ready to be sent. */
export interface PlannedStart {
  readonly attempt: AttemptRow;
  send(signal: AbortSignal): Promise<SendOutcome>;
}

export type SendOutcome =
  | { readonly type: 'accepted'; readonly job: AcceptedJob; readonly costMicros: number }
  /** The vendor said no, or was never reached. */
  | { readonly type: 'refused'; readonly error: AppError; readonly kind: string }
  /** It went out, and nobody knows what came of it. */
  | { readonly type: 'in_doubt'; readonly detail: string };

type PlacedOrder = (port: AvatarVideoProvider, signal: AbortSignal) => Promise<AcceptedJob>;
type Estimate = (port: AvatarVideoProvider) => { model: string; usage: AcceptedJob['usage'] };
const NOTHING = { model: '', usage: {} };

/** Places orders so that each is paid for once: the intent is written down before anything is sent, and what has no clear answer is not sent again. */
@Injectable()
export class VideoStarter {
  private readonly config: AvatarVideoConfig;

  constructor(
    private readonly providers: VideoProviders,
    private readonly orders: OrderBuilder,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.config = readConfig(AvatarVideoConfigSchema, environment);
  }

  /** Prepares everything that can fail without a vendor. @throws AppError. */
  async plan(video: VideoRow, handle: Handle, number: number, signal: AbortSignal): Promise<PlannedStart> {
    const id = newId();
    const token = newWebhookToken();
    const webhookUrl = this.webhookUrl(handle, token);
    const { place, estimate } = await this.placement(video, handle, { reference: id, ...(webhookUrl !== undefined && { webhookUrl }) }, signal);
    const now = new Date(this.clock.now());
    const expected = estimate(handle.port);
    const attempt: AttemptRow = {
      id, video_id: video.id, tenant_id: video.tenant_id, number, provider: handle.id, simulated: handle.isSimulated, state: 'starting', vendor_job_id: null, model: expected.model,
      webhook_token_sha256: webhookUrl === undefined ? null : webhookTokenHash(token), cost_micros: handle.definition.prices.cost(expected.model, expected.usage), failure_kind: null, detail: null, cancel_pending: false, unknown_reads: 0,
      started_at: now, updated_at: now,
    };
    return { attempt, send: (sendSignal) => this.send(video, handle, { place, estimate }, sendSignal) };
  }

  private async placement(video: VideoRow, handle: Handle, marks: { reference: string; webhookUrl?: string }, signal: AbortSignal): Promise<{ place: PlacedOrder; estimate: Estimate }> {
    const request = requestOf(video);
    if (request.kind === 'effect') {
      const order = { ...(await this.orders.effect(request.order, signal)), reference: marks.reference };
      return { place: async ({ effects }, abort) => required(effects).start(order, abort), estimate: ({ effects }) => effects?.estimate(order) ?? NOTHING };
    }
    const order = { ...(await this.orders.avatar(video, request.order, handle.port.avatars?.speech ?? 'audio', signal)), ...marks };
    return { place: async ({ avatars }, abort) => required(avatars).start(order, abort), estimate: ({ avatars }) => avatars?.estimate(order) ?? NOTHING };
  }

  private async send(video: VideoRow, handle: Handle, { place, estimate }: { place: PlacedOrder; estimate: Estimate }, signal: AbortSignal): Promise<SendOutcome> {
    const order = new SentOrder(handle, estimate(handle.port), () => this.clock.now());
    try {
      const served = await this.providers.chain.run<AcceptedJob>({
        operation: operationOf(video), caller: this.providers.callerOf(video, signal, START_TIMEOUT_MS), route: { providers: [handle.id], allowFallback: false },
        accepts: (port) => (video.kind === 'avatar' ? port.avatars : port.effects) !== undefined,
        estimate,
        attempt: (port, context) => order.send(() => place(port, context.signal)),
      });
      return { type: 'accepted', job: served.value, costMicros: served.costMicros };
    } catch (error) {
      return order.outcomeOf(error);
    }
  }

  /** Vendors that sign nothing get an address that nobody can guess; those that sign know theirs from their own settings. */
  private webhookUrl(handle: Handle, token: string): string | undefined {
    const base = this.config.AVATAR_VIDEO_WEBHOOK_BASE_URL;
    return handle.id === 'd-id' && base !== undefined ? `${base}/api/integrations/webhooks/d-id/${token}` : undefined;
  }
}

const UNKNOWN = 'The vendor did not answer in time.';
const BUDGET_CODES = ['budget_exhausted', 'max_cost_exceeded'];

/** One order on its way: knows whether it went out, and whether there was an answer. */
class SentOrder {
  private state: 'unsent' | 'sent' | 'answered' = 'unsent';
  private failure: ProviderFailure | undefined;

  constructor(
    private readonly handle: Handle,
    /** What is billed if the vendor has taken it. */
    private readonly expected: ReturnType<Estimate>,
    private readonly now: () => number,
  ) {}

  /** The chain may repeat what failed: an order without an answer is never sent again. */
  async send(place: () => Promise<AcceptedJob>): Promise<AttemptResult<AcceptedJob>> {
    if (this.state === 'sent') throw new ProviderFailure('malformed', UNKNOWN, { cause: this.failure });
    this.state = 'sent';
    try {
      const job = await place();
      return { value: job, usage: job.usage, model: job.model, warnings: job.warnings };
    } catch (error) {
      this.failure = this.handle.failureOf(error, this.now());
      if (leavesInDoubt(this.failure)) throw this.doubt();
      this.state = 'answered';
      throw this.failure;
    }
  }

  outcomeOf(error: unknown): SendOutcome {
    if (this.state === 'sent') return { type: 'in_doubt', detail: this.failure?.detail ?? UNKNOWN };
    const refusal = error instanceof AppError ? error : new AppError('internal', 'The order could not be placed.', { cause: error });
    const kind = BUDGET_CODES.includes(refusal.code) ? refusal.code : this.failure === undefined || this.failure.vendorCode === NOT_SENT ? 'not_sent' : this.failure.kind;
    return { type: 'refused', error: this.failure ? new AppError(refusal.code, this.failure.detail, { cause: error }) : refusal, kind };
  }

  /** Of a kind that no chain repeats; in the ledger it costs what the order would: most lost answers were to orders that were taken. */
  private doubt(): ProviderFailure {
    return new ProviderFailure('malformed', this.failure?.detail ?? UNKNOWN, { cause: this.failure, ...this.expected });
  }
}

function required<Port>(port: Port | undefined): Port {
  if (port === undefined) throw new ProviderFailure('unsupported', 'The provider cannot do this.');
  return port;
}

/** What a start that has ended changes. */
export function changeAfterStart(video: VideoRow, attempt: AttemptRow, outcome: SendOutcome, timing: { now: number; pollMs: number; doubtMs: number }): VideoChange {
  const soon = new Date(timing.now);
  if (outcome.type === 'accepted') {
    return {
      attempt: { id: attempt.id, state: 'accepted', vendor_job_id: outcome.job.id, model: outcome.job.model, cost_micros: outcome.costMicros },
      video: { state: 'rendering', failures: 0, nextAt: new Date(timing.now + timing.pollMs), addWarnings: outcome.job.warnings },
    };
  }
  if (outcome.type === 'in_doubt') {
    return { attempt: { id: attempt.id, state: 'in_doubt', detail: outcome.detail }, video: { state: 'rendering', nextAt: new Date(timing.now + timing.doubtMs) } };
  }
  const warning = `${attempt.provider} could not take the order: ${outcome.error.detail}`;
  return { attempt: { id: attempt.id, state: 'refused', cost_micros: 0, failure_kind: outcome.kind, detail: outcome.error.detail }, video: { state: video.state, nextAt: soon, addWarnings: [warning] } };
}

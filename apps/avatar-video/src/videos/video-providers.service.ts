import { Inject, Injectable } from '@nestjs/common';
import { routeOf } from '@tecnocursos/integration-kit';
import { ProviderFailure, type ChainCaller, type ProviderChain, type ProviderHandle } from '@tecnocursos/provider-kit';
import { CLOCK, type Clock } from '../clock.js';
import { AVATAR_CHAIN, type AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import { jobsOf, operationOf, type AnyJobs } from './order-jobs.js';
import { requestOf, routingOf } from './video-request.js';
import type { AttemptRow, VideoRow } from './video-view.js';

export type Handle = ProviderHandle<AvatarVideoProvider>;

/** An order in doubt that turned out not to have been taken may be placed once more. */
const TRIES_AFTER_LOSS = 2;
/** A local engine costs nothing, and forgets its work with its process. */
const LOCAL_TRIES = 4;
/** Milliseconds for a question to a vendor. */
const QUESTION_MS = 30_000;

const NOTHING = { model: '', usage: {} };

/** Who may make a video, in which order, and how to ask them about it. */
@Injectable()
export class VideoProviders {
  constructor(
    @Inject(AVATAR_CHAIN) readonly chain: ProviderChain<AvatarVideoProvider>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  callerOf(video: VideoRow, signal: AbortSignal, timeoutMs: number): ChainCaller {
    return { tenantId: video.tenant_id, requestId: video.request_id, deadline: Date.now() + timeoutMs, signal, mode: video.caller_mode };
  }

  /** The next to be asked; undefined when everybody was. */
  next(video: VideoRow, attempts: readonly AttemptRow[], signal: AbortSignal): Handle | undefined {
    return this.candidates(video, signal).find((handle) => mayTry(handle, attempts.filter(({ provider }) => provider === handle.id)));
  }

  /** Whoever made the attempt, as configured now; undefined when it no longer is. */
  of(video: VideoRow, attempt: AttemptRow, signal: AbortSignal): { handle: Handle; jobs: AnyJobs } | undefined {
    const route = { providers: [attempt.provider] };
    const [handle] = this.chain.order({ operation: operationOf(video), caller: this.callerOf(video, signal, QUESTION_MS), route, accepts: (port) => jobsOf(port, video) !== undefined, estimate: () => NOTHING });
    const jobs = handle && jobsOf(handle.port, video);
    return handle && jobs && handle.isSimulated === attempt.simulated ? { handle, jobs } : undefined;
  }

  /** A question that costs nothing: outside of budgets and ledger, with a time limit of its own. @throws ProviderFailure. */
  async ask<Answer>(handle: Handle, signal: AbortSignal, question: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(AbortSignal.any([signal, AbortSignal.timeout(QUESTION_MS)]));
    } catch (error) {
      throw error instanceof ProviderFailure ? error : handle.failureOf(error, this.clock.now());
    }
  }

  private candidates(video: VideoRow, signal: AbortSignal): readonly Handle[] {
    const route = routeOf(routingOf(requestOf(video)));
    const ordered = this.chain.order({ operation: operationOf(video), caller: this.callerOf(video, signal, QUESTION_MS), route, accepts: (port) => jobsOf(port, video) !== undefined, estimate: () => NOTHING });
    return route.allowFallback === false ? ordered.slice(0, 1) : ordered;
  }
}

function mayTry({ info }: Handle, tries: readonly AttemptRow[]): boolean {
  if (tries.length === 0) return true;
  if (info.mode === 'local') return tries.length < LOCAL_TRIES && tries.every(({ failure_kind: kind }) => kind === 'lost');
  return tries.length < TRIES_AFTER_LOSS && tries.every(({ failure_kind: kind }) => kind === 'lost');
}

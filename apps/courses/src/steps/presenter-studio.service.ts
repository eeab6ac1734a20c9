import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, cancelVideo, createVideo, getVideo, newId, type ErrorCode, type Video } from '@tecnocursos/contracts';
import { backgroundContext, currentContext, RpcClient, runInContext } from '@tecnocursos/messaging';
import { LOGGER, Semaphore, type Logger } from '@tecnocursos/nest-kit';
import { CourseRepository } from '../course.repository.js';
import type { StepCourse } from '../pipeline/step-handler.port.js';
import type { Shot } from './presenter-shots.js';

const POLL_MS = 1_000;
/** Videos of one lesson that are ordered and not finished. */
const AT_A_TIME = 4;
/** Failures of an order that pass by themselves: the step is tried again. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unavailable', 'timeout', 'canceled', 'internal', 'rate_limited']);

/** What came of a shot: a video that is ready, or why there is none. */
export type Take = { readonly slide: number; readonly video: Video & { result: NonNullable<Video['result']> } } | { readonly slide: number; readonly reason: string };

/** Has presenters filmed, and lets go of what was ordered for a course that has ended. */
@Injectable()
export class PresenterStudio {
  constructor(
    private readonly rpc: RpcClient,
    private readonly courses: CourseRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * In the order of the shots, each ordered once however often it is asked for.
   * @throws AppError of a failure that passes by itself. What was ordered by then goes on, and is found again by the next run; that of a course that has ended is
   * canceled, for nobody wants to pay for the rest of it.
   */
  async film(course: StepCourse, shots: readonly Shot[], signal: AbortSignal): Promise<Take[]> {
    const [turns, stop, open] = [new Semaphore(AT_A_TIME), new AbortController(), new Set<string>()];
    const linked = AbortSignal.any([signal, stop.signal]);
    const failures: unknown[] = [];
    const takes = await Promise.all(shots.map((shot) => turns.run(() => this.take(course, shot, open, linked), linked).catch((error: unknown) => {
      failures.push(error);
      stop.abort();
      return undefined;
    })));
    if (failures.length === 0) return takes.filter((take) => take !== undefined);
    if (signal.aborted && (await this.hasEnded(course))) await Promise.all([...open].map((id) => this.cancel(course, id)));
    throw failures[0];
  }

  /** @param open ids of the videos that are ordered and not finished. */
  private async take(course: StepCourse, shot: Shot, open: Set<string>, signal: AbortSignal): Promise<Take> {
    const { slide } = shot;
    try {
      const ordered = await this.order(course, shot);
      open.add(ordered.id);
      const { state, result, failure, ...rest } = await this.finished(course, ordered, signal);
      open.delete(ordered.id);
      return state === 'ready' && result ? { slide, video: { ...rest, state, failure, result } } : { slide, reason: failure?.detail ?? 'the video was canceled.' };
    } catch (error) {
      if (!(error instanceof AppError) || PASSING.has(error.code)) throw error;
      return { slide, reason: error.detail };
    }
  }

  /** Not to be stopped on its way: the id of what was ordered is needed to cancel it. */
  private async order({ tenantId }: StepCourse, { key, order }: Shot): Promise<Video> {
    const context = { ...backgroundContext(tenantId, currentContext()?.requestId ?? newId()), idempotencyKey: key };
    return (await runInContext(context, () => this.rpc.call(createVideo, order))).video;
  }

  private async finished({ tenantId }: StepCourse, ordered: Video, signal: AbortSignal): Promise<Video> {
    let video = ordered;
    while (video.state !== 'ready' && video.state !== 'failed' && video.state !== 'canceled') {
      await sleep(POLL_MS, undefined, { signal }).catch(() => {
        throw new AppError('canceled', 'The step was stopped.');
      });
      video = (await this.rpc.call(getVideo, { video_id: video.id }, { tenantId, signal })).video;
    }
    return video;
  }

  /** A step that was stopped with its process goes on with the same videos. */
  private async hasEnded({ tenantId, id }: StepCourse): Promise<boolean> {
    const course = await this.courses.find(tenantId, id);
    return course === null || course.state === 'canceled';
  }

  private async cancel({ tenantId }: StepCourse, id: string): Promise<void> {
    await runInContext(backgroundContext(tenantId, newId()), () => this.rpc.call(cancelVideo, { video_id: id }))
      .catch((error: unknown) => this.logger.warn({ err: error, video_id: id }, 'the video of a course that has ended could not be canceled'));
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  AppError, cancelVideo, courseBackgroundOf, createVideo, getVideo, newId, providerLists, servedLocally, type ErrorCode, type Background, type RequestInput, type Video,
} from '@tecnocursos/contracts';
import { backgroundContext, currentContext, RpcClient, runInContext } from '@tecnocursos/messaging';
import { LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { CourseRepository } from '../course.repository.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { filmingProviders } from './filming-providers.js';
import { StepOutputs, type PresenterOutput } from './step-outputs.js';

const POLL_MS = 1_000;
/** Failures of the order that pass by themselves: the step is tried again. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unavailable', 'timeout', 'canceled', 'internal', 'rate_limited']);

/** One film of a title slide. */
interface Shot {
  readonly slide: number;
  readonly order: RequestInput<typeof createVideo>;
}

/**
 * Has the presenter of a lesson's title filmed by a vendor, to the narration that is stored already. Where no vendor is to be asked, or all of them fail, the presenter
 * is drawn with the slides: the course goes on, and says so.
 */
@Injectable()
export class PresenterStep implements StepHandler {
  readonly kind = 'presenter';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
    private readonly courses: CourseRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const providers = await this.providers(course, signal);
    const shot = providers.length === 0 ? undefined : await this.shot(course, step, providers);
    if (!shot) return drawn();
    try {
      const ordered = await this.order(course, step, shot, signal);
      return resultOf(await this.awaited(course, ordered, signal), shot, step.lesson);
    } catch (error) {
      if (!(error instanceof AppError) || PASSING.has(error.code)) throw error;
      return drawn(step.lesson, error.detail);
    }
  }

  private async providers({ options }: StepCourse, signal: AbortSignal): Promise<string[]> {
    if (options.presenter_provider === 'local') return [];
    const { providers } = await this.rpc.call(providerLists['avatar-video'], {}, { signal });
    return filmingProviders(providers, options.presenter_provider);
  }

  /** Undefined for a lesson without a title slide, or without a presenter. */
  private async shot(course: StepCourse, { lesson }: StepName, providers: readonly string[]): Promise<Shot | undefined> {
    const [{ slides }, voices, { lesson: outline }, background] = await Promise.all([
      this.outputs.script(course.id, lesson), this.outputs.voices(course.id, lesson), this.outputs.lesson(course.id, lesson), this.background(course),
    ]);
    const index = slides.findIndex(({ kind }) => kind === 'title');
    const voice = voices[index];
    const { presenter, aspect } = course.options;
    if (!voice || presenter === 'none') return undefined;
    return {
      slide: index + 1,
      order: {
        audio_key: voice.audio.key, language: course.language, presenter, aspect, subtitles: false, title: titleOf(outline.title), routing: { providers: [...providers] },
        ...(background && { background }),
      },
    };
  }

  private async background(course: StepCourse): Promise<Background | undefined> {
    const wanted = courseBackgroundOf(course.options);
    if (wanted.type === 'color') return { type: 'color', value: wanted.value };
    const key = await this.outputs.background(course.id);
    return key === null ? undefined : { type: 'image', image_key: key };
  }

  /** The key is the step's own: however often it runs, one video is ordered. */
  private async order(course: StepCourse, { lesson }: StepName, { order }: Shot, signal: AbortSignal): Promise<Video> {
    const context = { ...backgroundContext(course.tenantId, currentContext()?.requestId ?? newId(), signal), idempotencyKey: `presenter:${course.id}:${lesson}` };
    return (await runInContext(context, () => this.rpc.call(createVideo, order, { signal }))).video;
  }

  /** A video that nobody wants any more is not paid for to its end. A step that was stopped with its process goes on with the same video. */
  private async awaited(course: StepCourse, ordered: Video, signal: AbortSignal): Promise<Video> {
    try {
      return await this.finished(course, ordered, signal);
    } catch (error) {
      if (signal.aborted && (await this.hasEnded(course))) await this.cancel(course, ordered);
      throw error;
    }
  }

  private async hasEnded({ tenantId, id }: StepCourse): Promise<boolean> {
    const course = await this.courses.find(tenantId, id);
    return course === null || course.state === 'canceled';
  }

  private async cancel({ tenantId }: StepCourse, { id }: Video): Promise<void> {
    await runInContext(backgroundContext(tenantId, newId()), () => this.rpc.call(cancelVideo, { video_id: id }))
      .catch((error: unknown) => this.logger.warn({ err: error, video_id: id }, 'the video of a course that has ended could not be canceled'));
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
}

const drawn = (lesson?: number, reason?: string): StepResult => ({
  output: { clip: null } satisfies PresenterOutput, servedBy: servedLocally('local'),
  ...(lesson !== undefined && { warnings: [`The presenter of lesson ${lesson} was drawn locally: ${reason ?? 'no vendor made it'}`] }),
});

function resultOf({ state, result, failure, warnings, served_by: servedBy, attempts }: Video, { slide }: Shot, lesson: number): StepResult {
  if (state !== 'ready' || !result) return drawn(lesson, failure?.detail ?? 'the video was canceled.');
  const fallen = attempts.slice(0, -1).map(({ provider, detail }) => `The presenter of lesson ${lesson} is by ${servedBy?.provider ?? 'another'}, because ${provider} failed: ${detail ?? 'no reason given'}`);
  return {
    output: { clip: { key: result.video.key, slide } } satisfies PresenterOutput, ...(servedBy && { servedBy }),
    warnings: [...fallen, ...warnings.map((warning) => `The presenter of lesson ${lesson}: ${warning}`)],
  };
}

const titleOf = (title: string): string => title.replace(/\p{Cc}/gu, ' ').trim().slice(0, 200) || 'Lesson';

import { Injectable } from '@nestjs/common';
import { AppError, courseBackgroundOf, paintBackground, servedLocally, type Aspect, type ErrorCode } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { BlobStore } from '@tecnocursos/nest-kit';
import sharp from 'sharp';
import { backgroundKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { realProviders } from './real-providers.js';
import type { BackgroundOutput } from './step-outputs.js';

const SIZES: Readonly<Record<Aspect, { width: number; height: number }>> = { '16:9': { width: 1280, height: 720 }, '9:16': { width: 720, height: 1280 } };
/** With these every painter has been asked, or none will ever paint this. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set(['content_policy', 'invalid_request', 'provider_failed', 'provider_unavailable', 'budget_exhausted', 'max_cost_exceeded']);

/** The picture behind title slides, once for the course. A course is not worth less for it: without a painter the theme's own stays. */
@Injectable()
export class BackgroundStep implements StepHandler {
  readonly kind = 'background';

  constructor(
    private readonly rpc: RpcClient,
    private readonly blobs: BlobStore,
  ) {}

  async run(course: StepCourse, _step: StepName, signal: AbortSignal): Promise<StepResult> {
    const background = courseBackgroundOf(course.options);
    const key = backgroundKey(course.id);
    if (background.type === 'none') return { output: { key: null } satisfies BackgroundOutput };
    if (background.type === 'color') {
      await this.blobs.putBytes(key, await colouredPicture(background.value, course.options.aspect), 'image/png');
      return { output: { key } satisfies BackgroundOutput, servedBy: servedLocally('local') };
    }
    return this.painted(course, background.prompt, key, signal);
  }

  private async painted(course: StepCourse, prompt: string, key: string, signal: AbortSignal): Promise<StepResult> {
    try {
      const { warnings, served_by: servedBy } = await this.rpc.call(
        paintBackground, { prompt, language: course.language, aspect: course.options.aspect, output_key: key, routing: realProviders(course.options) }, { signal },
      );
      return { output: { key } satisfies BackgroundOutput, servedBy, warnings: warnings.map((warning) => `Background: ${warning}`) };
    } catch (error) {
      if (!(error instanceof AppError) || !HOPELESS.has(error.code)) throw error;
      return { output: { key: null } satisfies BackgroundOutput, warnings: [`The background could not be painted, and title slides have that of the theme: ${error.detail}`] };
    }
  }
}

const colouredPicture = (colour: string, aspect: Aspect): Promise<Buffer> => sharp({ create: { ...SIZES[aspect], channels: 3, background: colour } }).png().toBuffer();

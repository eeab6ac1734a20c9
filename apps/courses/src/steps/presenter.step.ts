import { Injectable } from '@nestjs/common';
import { courseBackgroundOf, providerLists, type Background } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { filmingProviders } from './filming-providers.js';
import { shotsOf, type Shot } from './presenter-shots.js';
import { PresenterStudio } from './presenter-studio.service.js';
import { drawn, resultOf } from './presenter-takes.js';
import { StepOutputs } from './step-outputs.js';

/**
 * Has the presenter of a lesson filmed by a vendor, to the narration that is stored already: on its title, or on every slide. Where no vendor is to be asked, or all of
 * them fail, the presenter is drawn with the slides: the course goes on, and says so.
 */
@Injectable()
export class PresenterStep implements StepHandler {
  readonly kind = 'presenter';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
    private readonly studio: PresenterStudio,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const providers = await this.providers(course, signal);
    const shots = providers.length === 0 ? [] : await this.shots(course, step, providers);
    return shots.length === 0 ? drawn() : resultOf(await this.studio.film(course, shots, signal), step.lesson);
  }

  private async providers({ options }: StepCourse, signal: AbortSignal): Promise<string[]> {
    if (options.presenter_provider === 'local') return [];
    const { providers } = await this.rpc.call(providerLists['avatar-video'], {}, { signal });
    return filmingProviders(providers, options.presenter_provider);
  }

  private async shots(course: StepCourse, { lesson: number }: StepName, providers: readonly string[]): Promise<Shot[]> {
    const [{ slides }, voices, { lesson }, background] = await Promise.all([
      this.outputs.script(course.id, number), this.outputs.voices(course.id, number), this.outputs.lesson(course.id, number), this.background(course),
    ]);
    return shotsOf(course, { number, title: lesson.title, slides, voices, background, providers });
  }

  private async background(course: StepCourse): Promise<Background | undefined> {
    const wanted = courseBackgroundOf(course.options);
    if (wanted.type === 'color') return { type: 'color', value: wanted.value };
    const key = await this.outputs.background(course.id);
    return key === null ? undefined : { type: 'image', image_key: key };
  }
}

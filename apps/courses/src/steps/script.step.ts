import { Injectable } from '@nestjs/common';
import { generateScript } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { documentKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { realProviders } from './real-providers.js';
import { StepOutputs, type ScriptOutput } from './step-outputs.js';

@Injectable()
export class ScriptStep implements StepHandler {
  readonly kind = 'script';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { outline, lesson } = await this.outputs.lesson(course.id, step.lesson);
    const { slides, served_by: servedBy } = await this.rpc.call(
      generateScript,
      { document_key: documentKey(course.id), language: course.language, course_title: course.title, lesson, lesson_count: outline.lessons.length, routing: realProviders(course.options) },
      { signal },
    );
    return { output: { slides } satisfies ScriptOutput, parts: slides.length, servedBy };
  }
}

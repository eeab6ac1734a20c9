import { Injectable } from '@nestjs/common';
import { createOutline } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { documentKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { realProviders } from './real-providers.js';

@Injectable()
export class OutlineStep implements StepHandler {
  readonly kind = 'outline';

  constructor(private readonly rpc: RpcClient) {}

  async run(course: StepCourse, _step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { outline, served_by: servedBy } = await this.rpc.call(
      createOutline,
      { document_key: documentKey(course.id), language: course.language, lesson_minutes: course.options.lesson_minutes, title: course.title, routing: realProviders(course.options) },
      { signal },
    );
    return { output: outline, parts: outline.lessons.length, servedBy };
  }
}

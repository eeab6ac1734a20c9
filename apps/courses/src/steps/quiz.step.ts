import { Injectable } from '@nestjs/common';
import { generateQuiz } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { documentKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { realProviders } from './real-providers.js';
import { StepOutputs, type QuizOutput } from './step-outputs.js';

const QUESTIONS_PER_LESSON = 5;

@Injectable()
export class QuizStep implements StepHandler {
  readonly kind = 'quiz';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { lesson } = await this.outputs.lesson(course.id, step.lesson);
    const { questions, served_by: servedBy } = await this.rpc.call(
      generateQuiz,
      { document_key: documentKey(course.id), language: course.language, lesson, count: QUESTIONS_PER_LESSON, routing: realProviders(course.options) },
      { signal },
    );
    return { output: { questions } satisfies QuizOutput, servedBy };
  }
}

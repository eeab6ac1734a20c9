import { Injectable } from '@nestjs/common';
import { AppError, synthesizeSpeech } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { voiceKey } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { realProviders } from './real-providers.js';
import { StepOutputs, type VoiceOutput } from './step-outputs.js';

@Injectable()
export class VoiceStep implements StepHandler {
  readonly kind = 'voice';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
  ) {}

  async run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult> {
    const { slides } = await this.outputs.script(course.id, step.lesson);
    const slide = slides[step.slide - 1];
    if (!slide) throw new AppError('internal', `The script of lesson ${step.lesson} has no slide ${step.slide}.`);
    const { voice } = course.options;
    const { audio, duration_ms, words, warnings, served_by: servedBy } = await this.rpc.call(
      synthesizeSpeech,
      { ssml: slide.narration, language: course.language, ...(voice !== undefined && { voice }), output_key: voiceKey(course.id, step.lesson, step.slide), routing: realProviders(course.options) },
      { signal },
    );
    return { output: { audio, duration_ms, words } satisfies VoiceOutput, servedBy, warnings };
  }
}

import { Injectable } from '@nestjs/common';
import { createDownloads, getTenant, sendMessage } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { lessonKey, playerKey, publicFolder } from '../course-keys.js';
import type { StepName } from '../pipeline/plan.js';
import type { StepCourse, StepHandler, StepResult } from '../pipeline/step-handler.port.js';
import { StepOutputs } from './step-outputs.js';

const LINK_DAYS = 7;

@Injectable()
export class NotifyStep implements StepHandler {
  readonly kind = 'notify';

  constructor(
    private readonly rpc: RpcClient,
    private readonly outputs: StepOutputs,
  ) {}

  async run(course: StepCourse, _step: StepName, signal: AbortSignal): Promise<StepResult> {
    const [{ tenant }, outline, links] = await Promise.all([
      this.rpc.call(getTenant, {}, { signal }),
      this.outputs.outline(course.id),
      this.rpc.call(
        createDownloads,
        { keys: [playerKey(course.id), lessonKey(course.id, 1, 'poster')], scope: publicFolder(course.id), audience: 'public', expires_s: LINK_DAYS * 86_400 },
        { signal },
      ),
    ]);
    const durations = await Promise.all(outline.lessons.map(({ number }) => this.outputs.video(course.id, number)));
    const [playerUrl = '', posterUrl] = links.urls;
    const { message_id, served_by: servedBy } = await this.rpc.call(
      sendMessage,
      {
        idempotency_key: `course-ready:${course.id}`,
        template: 'course-ready',
        language: tenant.language,
        to: { email: tenant.owner_email, name: tenant.owner_name },
        data: {
          course_title: course.title,
          player_url: playerUrl,
          ...(posterUrl !== undefined && { poster_url: posterUrl }),
          lessons: outline.lessons.map(({ title }, index) => ({ title, duration_s: (durations[index]?.duration_ms ?? 0) / 1000 })),
          link_expires_at: links.expires_at,
        },
      },
      { signal },
    );
    return { output: { message_id }, servedBy };
  }
}

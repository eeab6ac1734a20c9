import type RunwayML from '@runwayml/sdk';
import type { Aspect } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { EffectOrder } from '../../ports/effect-renderer.port.js';
import type { JobProgress } from '../../ports/vendor-job.port.js';

export type RunwayModel = 'gen4_turbo' | 'gen4.5';

/** Credits a second. */
export const CREDITS_PER_SECOND: Readonly<Record<RunwayModel, number>> = { gen4_turbo: 5, 'gen4.5': 12 };

/** gen4.5 needs one. */
const STILL_MOVEMENT = 'Slow, calm camera movement; soft natural light; nothing else changes.';
const RATIOS: Readonly<Record<Aspect, '1280:720' | '720:1280'>> = { '16:9': '1280:720', '9:16': '720:1280' };

export const AcceptedSchema = z.looseObject({ id: z.string().min(1), estimatedCost: z.looseObject({ credits: z.number().nonnegative() }).optional() });

const TaskSchema = z.looseObject({
  status: z.string(), progress: z.number().nullish(), output: z.array(z.string()).nullish(), failure: z.string().nullish(), failureCode: z.string().nullish(),
});

/** Body of `POST /v1/image_to_video`. */
export function toRunway(order: EffectOrder, model: RunwayModel): RunwayML.ImageToVideoCreateParams {
  const promptImage = `data:${order.still.contentType};base64,${order.still.bytes.toString('base64')}`;
  const shared = { promptImage, ratio: RATIOS[order.aspect], duration: order.seconds };
  if (model === 'gen4.5') return { ...shared, model, promptText: order.prompt ?? STILL_MOVEMENT };
  return { ...shared, model, ...(order.prompt !== undefined && { promptText: order.prompt }) };
}

/** A task of any status; one that nobody knows is on its way. */
export function progressOf(answer: unknown): JobProgress {
  const { status, progress, output, failureCode } = TaskSchema.parse(answer);
  switch (status) {
    case 'PENDING':
    case 'THROTTLED':
      return { state: 'queued' };
    case 'SUCCEEDED':
      return output?.[0] === undefined ? { state: 'failed', kind: 'malformed', detail: 'Runway says that the clip is done, and not where it is.' } : { state: 'done', video: { url: output[0] } };
    case 'FAILED':
      return failedBy(failureCode ?? '');
    case 'CANCELLED':
      return { state: 'failed', kind: 'canceled', detail: 'The clip was canceled at Runway.' };
    default:
      return { state: 'rendering', ...(typeof progress === 'number' && { percent: Math.round(Math.min(1, Math.max(0, progress)) * 100) }) };
  }
}

/** `SAFETY.…` must not be tried again (docs.dev.runwayml.com, task failures). */
function failedBy(code: string): JobProgress {
  if (code.startsWith('SAFETY')) return { state: 'failed', kind: 'content_policy', detail: 'Runway refused the clip for its content.' };
  if (code.startsWith('INPUT_PREPROCESSING') || code.startsWith('ASSET.')) return { state: 'failed', kind: 'invalid_request', detail: 'Runway cannot use the picture.' };
  return { state: 'failed', kind: 'unavailable', detail: 'Runway could not make the clip.' };
}

import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { runProgram } from '@tecnocursos/engines';
import type { EffectOrder, EffectRenderer } from '../../ports/effect-renderer.port.js';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';
import type { LocalJobs } from './local-jobs.js';
import { CANVASES } from './slides/canvas.js';
import { FRAME_RATE } from './timeline.js';

const MODEL = 'slow-zoom';
const ENCODE_TIMEOUT_MS = 300_000;
/** How much nearer the camera comes. */
const ZOOM = 0.14;
/** The zoom moves by whole pixels: enlarged before, its steps are too small to be seen. */
const OVERSAMPLING = 2;

/** A slow movement of the camera over a still: what can be had without a vendor. */
export class LocalEffectRenderer implements EffectRenderer {
  readonly pollMs = 500;

  constructor(private readonly jobs: LocalJobs) {}

  estimate(_order: EffectOrder) {
    return { model: MODEL, usage: {} };
  }

  async start(order: EffectOrder): Promise<AcceptedJob> {
    const accepted = await this.jobs.start(order.reference, MODEL, (folder, signal) => renderZoom(order, folder, signal));
    return order.prompt === undefined ? accepted : { ...accepted, warnings: ['The local clip moves the camera slowly; what was described is not shown.'] };
  }

  find(reference: string): Promise<string | null> {
    return this.jobs.find(reference);
  }

  read(id: string): Promise<JobProgress> {
    return this.jobs.read(id);
  }

  cancel(id: string): Promise<void> {
    return this.jobs.cancel(id);
  }
}

async function renderZoom({ still, seconds, aspect }: EffectOrder, folder: string, signal: AbortSignal): Promise<string> {
  const { width, height } = CANVASES[aspect];
  const [source, target] = [join(folder, 'still'), join(folder, 'clip.mp4')];
  await writeFile(source, still.bytes);
  const frames = seconds * FRAME_RATE;
  const filter = `scale=${width * OVERSAMPLING}:${height * OVERSAMPLING}:force_original_aspect_ratio=increase,crop=${width * OVERSAMPLING}:${height * OVERSAMPLING},zoompan=z=1+${ZOOM}*on/${frames}:x=(iw-iw/zoom)/2:y=(ih-ih/zoom)/2:d=${frames}:s=${width}x${height}:fps=${FRAME_RATE},format=yuv420p`;
  await runProgram('ffmpeg', [
    '-v', 'error', '-nostdin', '-y', '-protocol_whitelist', 'file', '-i', source, '-vf', filter, '-frames:v', String(frames), '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-an', '-movflags', '+faststart', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  return target;
}

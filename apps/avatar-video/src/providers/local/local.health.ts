import type { DependencyHealth } from '@tecnocursos/contracts';
import { findProgram, installHint, programVersion, runProgram } from '@tecnocursos/engines';

const ENCODERS = ['libx264', 'aac'] as const;

/** Whether ffmpeg is there and can write H.264 and AAC. */
export async function localRendererHealth(): Promise<DependencyHealth> {
  const base = { name: 'ffmpeg', kind: 'engine', mode: 'local' } as const;
  if (findProgram('ffmpeg') === null) return { ...base, status: 'down', detail: `ffmpeg is not installed. ${installHint('ffmpeg')}` };
  const version = await programVersion('ffmpeg');
  if (version === null) return { ...base, status: 'down', detail: `ffmpeg does not run. ${installHint('ffmpeg')}` };
  const missing = await missingEncoders();
  if (missing.length > 0) return { ...base, status: 'down', detail: `This ffmpeg cannot write ${missing.join(' and ')}: use a build with ${ENCODERS.join(' and ')}. ${installHint('ffmpeg')}` };
  return { ...base, status: 'up', detail: version.replace(/ Copyright.*/, '') };
}

let known: readonly string[] | undefined;

/** Asked once: an installed program does not lose encoders. */
async function missingEncoders(): Promise<readonly string[]> {
  if (known?.length === 0) return known;
  const { stdout } = await runProgram('ffmpeg', ['-hide_banner', '-encoders'], { timeoutMs: 5_000 });
  const encoders = new Set(stdout.toString('utf8').split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return (known = ENCODERS.filter((encoder) => !encoders.has(encoder)));
}

import type { DependencyHealth } from '@tecnocursos/contracts';
import { installHint, programVersion, type ProgramName } from '@tecnocursos/engines';

/** Whether the local voices can speak (espeak-ng) and be encoded (ffmpeg), or how to install what is missing. */
export async function localSpeechHealth(version: (name: ProgramName) => Promise<string | null> = programVersion): Promise<DependencyHealth> {
  const dependency = { name: 'local-speech', kind: 'engine', mode: 'local' } as const;
  const [speech, encoder] = await Promise.all([version('espeak-ng'), version('ffmpeg')]);
  if (speech === null) return { ...dependency, status: 'down', detail: `espeak-ng is not installed. ${installHint('espeak-ng')}` };
  if (encoder === null) return { ...dependency, status: 'degraded', detail: `ffmpeg is not installed; only WAV can be made. ${installHint('ffmpeg')}` };
  return { ...dependency, status: 'up', detail: speech };
}

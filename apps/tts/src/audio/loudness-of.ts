import { runProgram } from '@tecnocursos/engines';

/** Mean volume of a file, in dB of full scale: -91 for silence. @throws AppError `engine_missing`, `engine_failed`, `canceled`. */
export async function loudnessOf(path: string, signal: AbortSignal): Promise<number> {
  const { stderr } = await runProgram('ffmpeg', ['-nostdin', '-hide_banner', '-i', path, '-map', '0:a:0', '-af', 'volumedetect', '-f', 'null', '-'], { signal });
  return Number(/mean_volume: (-?\d+(?:\.\d+)?|-inf) dB/.exec(stderr)?.[1]?.replace('-inf', '-200') ?? Number.NaN);
}

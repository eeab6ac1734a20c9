import type { AudioFormat } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';

export const CONTENT_TYPES: Readonly<Record<AudioFormat, string>> = { wav: 'audio/wav', mp3: 'audio/mpeg', opus: 'audio/ogg' };

const ENCODERS: Readonly<Record<Exclude<AudioFormat, 'wav'>, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '64k', '-f', 'mp3'],
  opus: ['-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', '-f', 'ogg'],
};

/** @throws AppError `engine_missing`, `engine_failed`, `canceled`. */
export async function encodeAudio(wavPath: string, format: Exclude<AudioFormat, 'wav'>, outputPath: string, signal: AbortSignal): Promise<void> {
  await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-i', wavPath, '-map_metadata', '-1', ...ENCODERS[format], '-y', outputPath], { signal });
}

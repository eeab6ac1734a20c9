import type { AudioFormat } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';

export const CONTENT_TYPES: Readonly<Record<AudioFormat, string>> = { wav: 'audio/wav', mp3: 'audio/mpeg', ogg: 'audio/ogg', pcm: 'audio/pcm' };

/** What an MP3 of this many hertz may have at most: MPEG-2.5 ends at 64 kbit/s. */
const mp3Bitrate = (sampleRate: number | undefined): string => ((sampleRate ?? 24_000) < 16_000 ? '32k' : '64k');

const ENCODERS: Readonly<Record<AudioFormat, (sampleRate: number | undefined) => readonly string[]>> = {
  wav: () => ['-c:a', 'pcm_s16le', '-f', 'wav'],
  mp3: (sampleRate) => ['-c:a', 'libmp3lame', '-b:a', mp3Bitrate(sampleRate), '-f', 'mp3'],
  ogg: () => ['-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', '-f', 'ogg'],
  pcm: () => ['-c:a', 'pcm_s16le', '-f', 's16le'],
};

export interface Encoding {
  readonly format: AudioFormat;
  /** Hertz; the source's own when absent. */
  readonly sampleRate?: number | undefined;
}

/** @throws AppError `engine_missing`, `engine_failed`, `canceled`. */
export async function encodeAudio(wavPath: string, encoding: Encoding, outputPath: string, signal: AbortSignal): Promise<void> {
  await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-i', wavPath, ...outputArguments(encoding), '-y', outputPath], { signal });
}

/** MP3 of a WAV file, for streams. */
export async function encodeToBytes(wavPath: string, signal: AbortSignal): Promise<Buffer> {
  const { stdout } = await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-i', wavPath, ...outputArguments({ format: 'mp3' }), 'pipe:1'], { signal });
  return stdout;
}

const outputArguments = ({ format, sampleRate }: Encoding): string[] => [
  '-map_metadata', '-1', ...(sampleRate === undefined ? [] : ['-ar', String(sampleRate)]), ...ENCODERS[format](sampleRate),
];

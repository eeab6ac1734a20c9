import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { loudnessOf } from '../audio/loudness-of.js';

export interface CheckedSample {
  readonly durationMs: number;
  readonly contentType: string;
  readonly extension: string;
}

/** Formats of ffprobe that recordings may have: `format_name` → content type and file extension. */
const FORMATS: readonly (readonly [RegExp, string, string])[] = [
  [/\bwav\b/, 'audio/wav', 'wav'], [/\bmp3\b/, 'audio/mpeg', 'mp3'], [/\bogg\b/, 'audio/ogg', 'ogg'], [/\bflac\b/, 'audio/flac', 'flac'], [/\b(mov|mp4|m4a)\b/, 'audio/mp4', 'm4a'],
];
const SHORTEST_MS = 10_000;
const LONGEST_MS = 300_000;
export const SHORTEST_TOTAL_MS = 30_000;
/** Mean loudness, in dB of full scale, under which nobody speaks. */
const SILENT_DB = -55;

/**
 * Whether a file is a recording that a voice can be made of.
 * @throws AppError `unsupported_media_type` when it is no audio, `invalid_request` when it is too short, too long or silent.
 */
export async function checkSample(path: string, field: string, signal: AbortSignal): Promise<CheckedSample> {
  const { format, durationMs } = await probe(path, field, signal);
  const known = FORMATS.find(([pattern]) => pattern.test(format));
  if (!known) throw new AppError('unsupported_media_type', `${field} is ${format}; use WAV, MP3, OGG, M4A or FLAC.`, { issues: [{ field, message: 'Use WAV, MP3, OGG, M4A or FLAC.' }] });
  const refuse = (message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
  if (durationMs < SHORTEST_MS) throw refuse(`The recording has ${seconds(durationMs)} s; it needs ${SHORTEST_MS / 1_000} s at least.`);
  if (durationMs > LONGEST_MS) throw refuse(`The recording has ${seconds(durationMs)} s; cut it to ${LONGEST_MS / 1_000} s.`);
  if ((await loudnessOf(path, signal)) < SILENT_DB) throw refuse('The recording is silent; record it again, closer to the microphone.');
  return { durationMs, contentType: known[1], extension: known[2] };
}

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);

async function probe(path: string, field: string, signal: AbortSignal): Promise<{ format: string; durationMs: number }> {
  const noAudio = (cause?: unknown): AppError => new AppError('unsupported_media_type', `${field} is not a recording that can be read.`, { issues: [{ field, message: 'Use WAV, MP3, OGG, M4A or FLAC.' }], cause });
  try {
    const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'json', '-show_entries', 'format=format_name,duration:stream=codec_type', path], { signal });
    const { format, streams = [] } = JSON.parse(stdout.toString()) as { format?: { format_name?: string; duration?: string }; streams?: { codec_type?: string }[] };
    const durationMs = Math.round(Number(format?.duration) * 1_000);
    if (!streams.some(({ codec_type: type }) => type === 'audio') || !Number.isFinite(durationMs)) throw noAudio();
    return { format: format?.format_name ?? '', durationMs };
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine_failed') throw noAudio(error);
    throw error;
  }
}

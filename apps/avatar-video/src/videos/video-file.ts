import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { z } from 'zod';

export interface VideoFacts {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

const PROBE_TIMEOUT_MS = 30_000;
const SHORTEST_MS = 300;
const LONGEST_MS = 4 * 3_600_000;
const LARGEST_SIDE = 8_192;
const POSTER_AT = 0.15;

const ProbeSchema = z.looseObject({
  format: z.looseObject({ format_name: z.string(), duration: z.coerce.number() }),
  streams: z.array(z.looseObject({ codec_type: z.string(), width: z.number().optional(), height: z.number().optional() })),
});

/** Looks into a file that came from somebody else. @throws AppError `provider_failed` when it is no MP4 video of a sensible size and length. */
export async function probeVideo(path: string, signal: AbortSignal): Promise<VideoFacts> {
  const probed = await probe(path, signal);
  const picture = probed?.streams.find(({ codec_type: type }) => type === 'video');
  const { width = 0, height = 0 } = picture ?? {};
  const durationMs = Math.round((probed?.format.duration ?? 0) * 1_000);
  if (!probed || !/\b(mp4|mov)\b/.test(probed.format.format_name)) throw unusable('is no MP4 file');
  if (!picture || width < 2 || height < 2 || width > LARGEST_SIDE || height > LARGEST_SIDE) throw unusable('shows no picture of a sensible size');
  if (!(durationMs >= SHORTEST_MS && durationMs <= LONGEST_MS)) throw unusable('has no sensible length');
  return { durationMs, width, height };
}

async function probe(path: string, signal: AbortSignal): Promise<z.output<typeof ProbeSchema> | undefined> {
  try {
    const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-protocol_whitelist', 'file', '-of', 'json', '-show_streams', '-show_format', path], { signal, timeoutMs: PROBE_TIMEOUT_MS });
    const parsed = ProbeSchema.safeParse(JSON.parse(stdout.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine_failed') return undefined;
    throw error;
  }
}

const unusable = (why: string): AppError => new AppError('provider_failed', `The file that the vendor made ${why}.`);

export async function writePoster(path: string, { durationMs }: VideoFacts, target: string, signal: AbortSignal): Promise<void> {
  const seconds = ((durationMs * POSTER_AT) / 1_000).toFixed(3);
  await runProgram('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-protocol_whitelist', 'file', '-ss', seconds, '-i', path, '-frames:v', '1', '-q:v', '3', target], { signal, timeoutMs: PROBE_TIMEOUT_MS });
}

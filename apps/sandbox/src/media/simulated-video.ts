import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@tecnocursos/engines';
import { Semaphore } from '@tecnocursos/nest-kit';
import { BoundedCache } from '../core/bounded-cache.js';
import { drawPicture } from './drawn-picture.js';
import { encodePng } from './png.js';
import { presenterInputs, type SimulatedPresenter } from './presenter-video.js';
import { bytesOf, FRAMES_PER_SECOND, soundInput, type VideoSound } from './video-sound.js';

/** Pictures of a video, whose sound is the first input and leaves the filter as `a`. */
export interface VideoInputs {
  readonly inputs: readonly string[];
  readonly filter: string;
}

export interface VideoPlan {
  readonly sound: VideoSound;
  readonly width: number;
  readonly height: number;
  /** Decides the picture: the same description, the same colours. */
  readonly description: string;
  /** A picture to begin with, in place of the drawn one. */
  readonly still?: Buffer;
  /** Who speaks, in place of a picture and waves. */
  readonly presenter?: SimulatedPresenter;
}

const TIMEOUT_MS = 180_000;
const CACHED = 16;

const cache = new BoundedCache<Promise<Buffer>>(CACHED);
const places = new Semaphore(availableParallelism());
const NEVER = new AbortController().signal;

/** An MP4 (H.264, AAC) of the length of its sound: a drawn person who speaks it, or its waves under a picture. The same plan is encoded once. */
export function simulatedVideo(plan: VideoPlan): Promise<Buffer> {
  const key = keyOf(plan);
  const known = cache.get(key);
  if (known) return known;
  const video = places.run(() => encode(plan), NEVER);
  cache.set(key, video);
  return video;
}

function keyOf({ sound, width, height, description, still, presenter }: VideoPlan): string {
  const hash = createHash('sha256').update(JSON.stringify([width, height, description, presenter?.id, presenter?.vendor, presenter?.background.colour]));
  hash.update(presenter?.background.image ?? '');
  if ('file' in sound) hash.update(sound.file);
  else if ('samples' in sound) hash.update(bytesOf(sound.samples));
  else hash.update(String(sound.silenceMs));
  return hash.update(still ?? '').digest('hex');
}

async function encode(plan: VideoPlan): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-sandbox-'));
  const target = join(folder, 'video.mp4');
  try {
    const heard = await soundInput(plan.sound, join(folder, 'sound'));
    const { inputs, filter } = plan.presenter ? await presenterInputs(plan, plan.presenter, heard, folder) : await waveInputs(plan, folder);
    await runProgram('ffmpeg', [
      '-v', 'error', '-nostdin', '-y', ...heard, ...inputs, '-filter_complex', `${filter},format=yuv420p[v]`, '-map', '[v]', '-map', '[a]',
      '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '30', '-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', target,
    ], { timeoutMs: TIMEOUT_MS });
    return await readFile(target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function waveInputs({ width, height, still, description }: VideoPlan, folder: string): Promise<VideoInputs> {
  const picture = join(folder, 'picture');
  await writeFile(picture, still ?? encodePng(drawPicture(description, width, height)));
  const waves = `showwaves=s=${width}x${Math.round(height / 8) * 2}:mode=cline:rate=${FRAMES_PER_SECOND}:colors=white`;
  return {
    inputs: ['-loop', '1', '-framerate', String(FRAMES_PER_SECOND), '-i', picture],
    filter: `[1:v]scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},setsar=1[p];[0:a]asplit[a][b];[b]${waves}[w];[p][w]overlay=0:H-h:shortest=1`,
  };
}

/** Milliseconds that a sound lasts; undefined when the file cannot be read. */
export async function soundMs(file: Buffer): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-sandbox-'));
  try {
    const path = join(folder, 'sound');
    await writeFile(path, file);
    const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-protocol_whitelist', 'file', '-of', 'default=nk=1:nw=1', '-show_entries', 'format=duration', path], { timeoutMs: TIMEOUT_MS });
    const seconds = Number(stdout.toString('utf8'));
    return seconds > 0 ? Math.round(seconds * 1_000) : undefined;
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@tecnocursos/engines';
import { Semaphore } from '@tecnocursos/nest-kit';
import { BoundedCache } from '../core/bounded-cache.js';
import { SPOKEN_RATE } from '../speech/speech-engine.js';
import { drawPicture } from './drawn-picture.js';
import { encodePng } from './png.js';

/** What is heard in a simulated video: a file of any format, samples at `SPOKEN_RATE`, or nothing for so long. */
export type VideoSound = { readonly file: Buffer } | { readonly samples: Int16Array } | { readonly silenceMs: number };

export interface VideoPlan {
  readonly sound: VideoSound;
  readonly width: number;
  readonly height: number;
  /** Decides the picture: the same description, the same colours. */
  readonly description: string;
  /** A picture to begin with, in place of the drawn one. */
  readonly still?: Buffer;
}

const FRAMES_PER_SECOND = 10;
const TIMEOUT_MS = 180_000;
const CACHED = 16;

const cache = new BoundedCache<Promise<Buffer>>(CACHED);
const places = new Semaphore(availableParallelism());
const NEVER = new AbortController().signal;

/** An MP4 (H.264, AAC) of the length of its sound, whose waves are seen under a drawn picture. The same plan is encoded once. */
export function simulatedVideo(plan: VideoPlan): Promise<Buffer> {
  const key = keyOf(plan);
  const known = cache.get(key);
  if (known) return known;
  const video = places.run(() => encode(plan), NEVER);
  cache.set(key, video);
  return video;
}

function keyOf({ sound, width, height, description, still }: VideoPlan): string {
  const hash = createHash('sha256').update(`${width}x${height} ${description}`);
  if ('file' in sound) hash.update(sound.file);
  else if ('samples' in sound) hash.update(bytesOf(sound.samples));
  else hash.update(String(sound.silenceMs));
  return hash.update(still ?? '').digest('hex');
}

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

async function encode(plan: VideoPlan): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-sandbox-'));
  const [picture, sound, target] = [join(folder, 'picture'), join(folder, 'sound'), join(folder, 'video.mp4')];
  try {
    await writeFile(picture, plan.still ?? encodePng(drawPicture(plan.description, plan.width, plan.height)));
    const heard = await soundInput(plan.sound, sound);
    const size = `${plan.width}:${plan.height}`;
    const waves = `showwaves=s=${plan.width}x${Math.round(plan.height / 8) * 2}:mode=cline:rate=${FRAMES_PER_SECOND}:colors=white`;
    const filter = `[0:v]scale=${size}:force_original_aspect_ratio=increase,crop=${size},setsar=1[p];[1:a]asplit[a][b];[b]${waves}[w];[p][w]overlay=0:H-h:shortest=1,format=yuv420p[v]`;
    await runProgram('ffmpeg', [
      '-v', 'error', '-nostdin', '-y', '-loop', '1', '-framerate', String(FRAMES_PER_SECOND), '-i', picture, ...heard, '-filter_complex', filter, '-map', '[v]', '-map', '[a]',
      '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '30', '-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', target,
    ], { timeoutMs: TIMEOUT_MS });
    return await readFile(target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function soundInput(sound: VideoSound, path: string): Promise<string[]> {
  if ('silenceMs' in sound) return ['-f', 'lavfi', '-t', (sound.silenceMs / 1_000).toFixed(3), '-i', `anullsrc=r=${SPOKEN_RATE}:cl=mono`];
  if ('file' in sound) {
    await writeFile(path, sound.file);
    return ['-protocol_whitelist', 'file', '-i', path];
  }
  await writeFile(path, bytesOf(sound.samples));
  return ['-f', 's16le', '-ar', String(SPOKEN_RATE), '-ac', '1', '-i', path];
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

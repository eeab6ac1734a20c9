import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@tecnocursos/engines';
import sharp from 'sharp';
import type { AvatarOrder } from '../../../ports/avatar-renderer.port.js';
import { background } from '../slides/background-pixels.js';
import { CANVASES, type Canvas } from '../slides/canvas.js';
import { FRAME_MS, FRAME_RATE } from '../timeline.js';
import { SAMPLE_RATE } from '../video/wav.js';
import { facesOf, FACE_MS, readSoundSteps } from './lip-sync.js';
import { SpriteSet } from './sprites.js';
import { writeSpriteTrack } from './sprite-track.js';

/** Height of the presenter, as a share of the picture's. */
const BUST_SHARE = { landscape: 0.9, portrait: 0.52 } as const;
/** The presenter stays silent for a moment at the end. */
const AFTER_MS = 400;
const ENCODE_TIMEOUT_MS = 900_000;
const QUIET = ['-v', 'error', '-nostdin', '-y'];

/** Makes an MP4 (H.264, AAC, fast start) in which the drawn presenter speaks a recording. Returns its path in `folder`. */
export async function renderPresenterVideo(order: AvatarOrder, folder: string, signal: AbortSignal): Promise<string> {
  if (order.speech.type !== 'audio') throw new Error('The drawn presenter speaks recordings alone');
  const [recording, samples, target] = [join(folder, 'speech'), join(folder, 'speech.pcm'), join(folder, 'video.mp4')];
  await writeFile(recording, order.speech.bytes);
  await runProgram('ffmpeg', [...QUIET, '-protocol_whitelist', 'file', '-i', recording, '-vn', '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', samples], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
  const faces = facesOf(await readSoundSteps(samples, signal));
  const frames = Math.ceil((faces.length * FACE_MS + AFTER_MS) / FRAME_MS);
  const canvas = CANVASES[order.aspect];
  const backdrop = join(folder, 'backdrop.png');
  await writeBackdrop(order, canvas, backdrop);
  const height = Math.round(canvas.height * (canvas.portrait ? BUST_SHARE.portrait : BUST_SHARE.landscape) / 2) * 2;
  const sprites = new SpriteSet(order.presenter.id, { width: Math.round(height * 0.43) * 2, height, pose: { type: 'bust', height } }, folder, 'face');
  const track = join(folder, 'faces.ffconcat');
  await writeSpriteTrack([{ sprites, startFrame: 0, frames }], faces, track);
  await encode({ backdrop, track, samples, seconds: (frames * FRAME_MS) / 1_000 }, order, target, signal);
  return target;
}

async function writeBackdrop({ scenery, aspect }: AvatarOrder, { width, height }: Canvas, target: string): Promise<void> {
  if (scenery?.type === 'image') await sharp(scenery.bytes).resize({ width, height, fit: 'cover' }).flatten({ background: '#000000' }).png({ compressionLevel: 1 }).toFile(target);
  else if (scenery?.type === 'color') await sharp({ create: { width, height, channels: 3, background: scenery.value } }).png({ compressionLevel: 1 }).toFile(target);
  else await sharp(await background('aurora', 'cover', aspect), { raw: { width, height, channels: 4 } }).removeAlpha().png({ compressionLevel: 1 }).toFile(target);
}

interface Parts {
  readonly backdrop: string;
  readonly track: string;
  readonly samples: string;
  readonly seconds: number;
}

async function encode({ backdrop, track, samples, seconds }: Parts, { title }: AvatarOrder, target: string, signal: AbortSignal): Promise<void> {
  // The backdrop is decoded once, and shown again and again.
  const colours = 'scale=out_color_matrix=bt709:out_range=tv';
  const filter = `[0:v]${colours},format=yuv420p,loop=loop=-1:size=1,setpts=N/${FRAME_RATE}/TB[back];[1:v]fps=${FRAME_RATE},${colours},format=yuva420p[face];[back][face]overlay=x=(W-w)/2:y=H-h+2+2*sin(t*1.7):eof_action=repeat,format=yuv420p[out]`;
  await runProgram('ffmpeg', [
    ...QUIET, '-framerate', String(FRAME_RATE), '-i', backdrop, '-f', 'concat', '-safe', '0', '-i', track, '-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', samples,
    '-filter_complex', filter, '-map', '[out]', '-map', '2:a', '-t', seconds.toFixed(3),
    '-c:v', 'libx264', '-preset', 'superfast', '-crf', '21', '-profile:v', 'high', '-level', '3.1', '-g', '250',
    '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv',
    '-c:a', 'aac', '-b:a', '96k', ...(title === undefined ? [] : ['-metadata', `title=${title}`]), '-movflags', '+faststart', target,
  ], { signal, timeoutMs: ENCODE_TIMEOUT_MS });
}

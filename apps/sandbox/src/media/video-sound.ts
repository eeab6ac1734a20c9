import { writeFile } from 'node:fs/promises';
import { runProgram } from '@tecnocursos/engines';
import { SPOKEN_RATE } from '../speech/speech-engine.js';

/** What is heard in a simulated video: a file of any format, samples at `SPOKEN_RATE`, or nothing for so long. */
export type VideoSound = { readonly file: Buffer } | { readonly samples: Int16Array } | { readonly silenceMs: number };

export const FRAMES_PER_SECOND = 10;
/** Hertz that loudness is measured at: the lower half of a voice is loud enough. */
const MEASURED_RATE = 8_000;
const MAX_BYTES = 256 * 1024 * 1024;
/** Of the loudness that a tenth of the frames exceed. */
const LOUDEST_SHARE = 0.9;

export const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

/** Arguments of ffmpeg that read a sound; what is no file yet is written to the path. */
export async function soundInput(sound: VideoSound, path: string): Promise<string[]> {
  if ('silenceMs' in sound) return ['-f', 'lavfi', '-t', (sound.silenceMs / 1_000).toFixed(3), '-i', `anullsrc=r=${SPOKEN_RATE}:cl=mono`];
  if ('file' in sound) {
    await writeFile(path, sound.file);
    return ['-protocol_whitelist', 'file', '-i', path];
  }
  await writeFile(path, bytesOf(sound.samples));
  return ['-f', 's16le', '-ar', String(SPOKEN_RATE), '-ac', '1', '-i', path];
}

/** How loud each whole frame of a video is, from 0 to 1 and above: 1 is what only its loudest tenth exceeds. */
export async function loudness(sound: VideoSound, input: readonly string[], timeoutMs: number): Promise<number[]> {
  if ('samples' in sound) return levels(sound.samples, SPOKEN_RATE);
  const { stdout } = await runProgram('ffmpeg', ['-v', 'error', '-nostdin', ...input, '-map', '0:a:0', '-f', 's16le', '-ar', String(MEASURED_RATE), '-ac', '1', 'pipe:1'], { timeoutMs, maxOutputBytes: MAX_BYTES });
  return levels(new Int16Array(new Uint8Array(stdout.subarray(0, stdout.length - (stdout.length % 2))).buffer), MEASURED_RATE);
}

function levels(samples: Int16Array, rate: number): number[] {
  const size = rate / FRAMES_PER_SECOND;
  const frames = Array.from({ length: Math.max(1, Math.floor(samples.length / size)) }, (_frame, index) => {
    let sum = 0;
    const [from, to] = [index * size, Math.min(samples.length, (index + 1) * size)];
    for (let at = from; at < to; at += 1) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / Math.max(1, to - from));
  });
  const loudest = frames.toSorted((left, right) => left - right)[Math.floor((frames.length - 1) * LOUDEST_SHARE)] ?? 0;
  return frames.map((level) => (loudest === 0 ? 0 : level / loudest));
}

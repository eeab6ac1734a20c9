import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '@tecnocursos/engines';
import { CANVASES } from '../slides/canvas.js';
import { encodeClip } from './encode-clip.js';
import { encodeStills } from './encode.js';

const CANVAS = CANVASES['16:9'];
const SIGNAL = new AbortController().signal;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tecnocursos-clip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A vendor's clip: other size, other rate, with sound. */
async function vendorClip(seconds: number): Promise<string> {
  const path = join(folder, `clip-${seconds}.mp4`);
  await runProgram('ffmpeg', [
    '-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=640x480:r=30:d=${seconds}`, '-f', 'lavfi', '-i', `sine=d=${seconds}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', path,
  ], { signal: SIGNAL });
  return path;
}

/** Two stills, grey and black, of which the second is replaced by the clip; the check sums of all pictures, as a strict decoder sees them. */
async function pictures(clip: Buffer, frames: readonly [number, number, number]): Promise<string[]> {
  const [pixels, stream] = [join(folder, 'stills.rgba'), join(folder, `stream-${frames.join('-')}.h264`)];
  const still = (value: number): Buffer => Buffer.alloc(CANVAS.width * CANVAS.height * 4, value);
  await writeFile(pixels, Buffer.concat([still(90), still(0), still(200)]));
  await encodeStills(pixels, CANVAS, frames, stream, SIGNAL, new Map([[1, clip]]));
  const { stdout, stderr } = await runProgram('ffmpeg', ['-v', 'warning', '-err_detect', 'explode', '-f', 'h264', '-framerate', '25', '-i', stream, '-f', 'framemd5', '-'], { signal: SIGNAL });
  expect(stderr).toBe('');
  return stdout.toString('utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1)?.trim() ?? '');
}

describe('a clip between stills', () => {
  it('is cut to the length of its slide, and the stills around it are as they were', async () => {
    const seen = await pictures(await encodeClip(await vendorClip(2), CANVAS, 30, SIGNAL), [10, 30, 5]);
    expect(seen).toHaveLength(45);
    expect(new Set(seen.slice(0, 10)).size).toBe(1);
    expect(new Set(seen.slice(10, 40)).size).toBeGreaterThan(20);
    expect(new Set(seen.slice(40)).size).toBe(1);
  }, 60_000);

  it('that is shorter holds its last picture', async () => {
    const clip = await encodeClip(await vendorClip(1), CANVAS, 60, SIGNAL);
    const seen = await pictures(clip, [3, 60, 2]);
    expect(seen).toHaveLength(65);
    expect(new Set(seen.slice(3, 28)).size).toBeGreaterThan(15);
  }, 60_000);

  it('with other parameters is refused, rather than break the picture', async () => {
    await expect(pictures(await encodeClip(await vendorClip(1), CANVASES['9:16'], 10, SIGNAL), [1, 10, 1])).rejects.toMatchObject({ code: 'engine_failed' });
  }, 60_000);
});

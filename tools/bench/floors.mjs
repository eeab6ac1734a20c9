import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function timed(seconds, command, args, options = {}) {
  const started = performance.now();
  const child = run(command, args, { maxBuffer: 1 << 28, ...options });
  child.child.stdin?.end(options.input);
  await child;
  return Math.round(seconds / ((performance.now() - started) / 1000));
}

/** What the bare programs reach on this machine, as multiples of real time. */
export async function measureFloors(directory, text) {
  const wav = join(directory, 'floor.wav');
  const script = join(directory, 'floor.txt');
  await writeFile(script, text);
  const speechStarted = performance.now();
  await run('espeak-ng', ['-v', 'pt-br', '-s', '155', '-f', script, '-w', wav]);
  const speechMs = performance.now() - speechStarted;
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', wav]);
  const seconds = Number(stdout);
  const still = ['-y', '-v', 'error', '-f', 'lavfi', '-i', 'color=c=navy:s=1280x720:r=25,format=rgb24'];
  const png = join(directory, 'floor.png');
  await run('ffmpeg', [...still, '-frames:v', '1', png]);
  const video = (fps, length) => ['-y', '-v', 'error', '-loop', '1', '-framerate', String(fps), '-i', png, '-t', String(length), '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-pix_fmt', 'yuv420p', '-f', 'mp4', join(directory, 'floor.mp4')];
  return {
    audio_s: Math.round(seconds),
    speech: Math.round(seconds / (speechMs / 1000)),
    aac_one_core: await timed(seconds, 'ffmpeg', ['-y', '-v', 'error', '-i', wav, '-ar', '44100', '-c:a', 'aac', '-b:a', '96k', '-threads', '1', join(directory, 'floor.m4a')]),
    stills_1_fps: await timed(300, 'ffmpeg', video(1, 300)),
    naive_25_fps: await timed(40, 'ffmpeg', video(25, 40)),
  };
}

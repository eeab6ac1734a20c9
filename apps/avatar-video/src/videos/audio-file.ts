import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';

const ENCODE_TIMEOUT_MS = 120_000;

/** Any recording as an MP3 of 64 kbit/s, which keeps a quarter of an hour below the limits of vendors, and how long it is. */
export async function mp3Of(bytes: Buffer, signal: AbortSignal): Promise<{ bytes: Buffer; contentType: string; durationMs: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-speech-'));
  const [source, target] = [join(folder, 'recording'), join(folder, 'speech.mp3')];
  try {
    await writeFile(source, bytes);
    const options = { signal, timeoutMs: ENCODE_TIMEOUT_MS };
    await runProgram('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-protocol_whitelist', 'file', '-i', source, '-vn', '-ac', '1', '-ar', '44100', '-c:a', 'libmp3lame', '-b:a', '64k', target], options);
    const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'default=nk=1:nw=1', '-show_entries', 'format=duration', target], options);
    const durationMs = Math.round(Number(stdout.toString('utf8')) * 1_000);
    if (!(durationMs > 0)) throw unreadable();
    return { bytes: await readFile(target), contentType: 'audio/mpeg', durationMs };
  } catch (error) {
    throw error instanceof AppError && error.code === 'engine_failed' ? unreadable(error) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const unreadable = (cause?: unknown): AppError => {
  const message = 'Use a recording such as MP3, WAV, M4A or OGG.';
  return new AppError('unsupported_media_type', `audio_key: ${message}`, { issues: [{ field: 'audio_key', message }], cause });
};

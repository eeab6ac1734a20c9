import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError, parseOrThrow, synthesizeSpeech, type AudioFormat, type ObjectRef, type ReplyOf, type RequestInput } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import type { BlobStore } from '@tecnocursos/nest-kit';
import type { SpeechSynthesizer } from './ports/speech-synthesizer.port.js';
import { espeakProgram } from './providers/local/espeak-program.js';
import { LocalSpeechSynthesizer } from './providers/local/local-speech.adapter.js';
import { TtsService } from './tts.service.js';

/** Keeps objects in a folder. */
class FolderStore implements Pick<BlobStore, 'uploadFile'> {
  constructor(readonly folder: string) {}

  async uploadFile(key: string, path: string, contentType: string): Promise<ObjectRef> {
    await copyFile(path, this.pathOf(key));
    const sha256 = createHash('sha256').update(await readFile(path)).digest('hex');
    return { key, content_type: contentType, size: (await stat(path)).size, sha256 };
  }

  pathOf(key: string): string {
    return join(this.folder, key.replaceAll('/', '_'));
  }
}

let store: FolderStore;
let workFolder = '';
let service: TtsService;
beforeAll(async () => {
  store = new FolderStore(await mkdtemp(join(tmpdir(), 'tts-service-spec-')));
  const local = new LocalSpeechSynthesizer(espeakProgram());
  const observed: SpeechSynthesizer = {
    id: local.id,
    synthesize: (request) => {
      workFolder = dirname(request.wavPath);
      expect(existsSync(workFolder)).toBe(true);
      return local.synthesize(request);
    },
  };
  service = new TtsService(observed, store as unknown as BlobStore);
});
afterAll(() => rm(store.folder, { recursive: true }));

async function synthesize(request: Partial<RequestInput<typeof synthesizeSpeech>>, signal = new AbortController().signal): Promise<ReplyOf<typeof synthesizeSpeech>> {
  const parsed = parseOrThrow(synthesizeSpeech.request, { language: 'pt-BR', output_key: 'courses/c1/audio', ...request });
  return synthesizeSpeech.reply.parse(await service.synthesize(parsed, signal));
}

async function refusal(request: Partial<RequestInput<typeof synthesizeSpeech>>): Promise<AppError> {
  const error: unknown = await synthesize(request).then(() => undefined, (reason: unknown) => reason);
  if (error instanceof AppError) return error;
  throw new Error('was not refused');
}

describe('TtsService', () => {
  it.each([
    ['wav', 'audio/wav', 'pcm_s16le', 22_050],
    ['mp3', 'audio/mpeg', 'mp3', 22_050],
    ['opus', 'audio/ogg', 'opus', 48_000],
  ] as const)('stores %s that other programs can play', async (format: AudioFormat, contentType, codec, sampleRate) => {
    const reply = await synthesize({ text: 'A planta usa a energia da luz. E cresce.', format, output_key: `courses/c1/audio.${format}` });
    const path = store.pathOf(`courses/c1/audio.${format}`);
    expect(reply.audio).toMatchObject({ key: `courses/c1/audio.${format}`, content_type: contentType, size: (await stat(path)).size });
    const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', path]);
    const probe = JSON.parse(stdout.toString()) as { streams: { codec_name: string; sample_rate: string; channels: number }[]; format: { duration: string } };
    expect(probe.streams).toMatchObject([{ codec_name: codec, sample_rate: String(sampleRate), channels: 1 }]);
    expect(Math.abs(Number(probe.format.duration) * 1_000 - reply.duration_ms)).toBeLessThan(120);
    await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
    expect(existsSync(workFolder)).toBe(false);
  });

  it('tells who spoke, in what voice, and what had no effect', async () => {
    const reply = await synthesize({ ssml: '<speak><lang>Olá</lang> mundo</speak>', voice: 'antonio' });
    expect(reply).toMatchObject({
      voice: 'antonio', timing: 'measured', warnings: [expect.stringContaining('<lang>')],
      served_by: { provider: 'local', simulated: false, attempts: 1, cost: { amount_micros: 0 } },
    });
    expect(reply.words.map((word) => word.text)).toEqual(['Olá', 'mundo']);
    expect((await synthesize({ text: 'Hello', language: 'en' })).voice).toBe('aria');
  });

  it('names the field at fault', async () => {
    expect(await refusal({ text: 'oi', voice: 'ninguem' })).toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice', message: expect.stringContaining('francisca') }] });
    expect(await refusal({ text: 'oi', voice: 'aria' })).toMatchObject({ code: 'invalid_request', issues: [{ field: 'voice' }] });
    expect(await refusal({ text: ' ... ' })).toMatchObject({ code: 'invalid_request', issues: [{ field: 'text' }] });
    expect(await refusal({ ssml: '<speak>a' })).toMatchObject({ code: 'ssml_invalid', issues: [{ field: 'ssml' }] });
  });

  it('leaves nothing behind when the caller gives up', async () => {
    const abort = new AbortController();
    const work = synthesize({ text: 'A planta cresce bem. '.repeat(900), format: 'mp3' }, abort.signal);
    setTimeout(() => abort.abort(), 80);
    await expect(work).rejects.toMatchObject({ code: 'canceled' });
    expect(existsSync(workFolder)).toBe(false);
  });

  it('filters voices', () => {
    expect(service.voices({}).length).toBeGreaterThanOrEqual(14);
    expect(service.voices({ language: 'en', gender: 'male' }).map((voice) => voice.id)).toEqual(['guy', 'davis', 'tony']);
  });
});

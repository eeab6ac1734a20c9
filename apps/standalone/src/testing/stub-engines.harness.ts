import { Controller, Module } from '@nestjs/common';
import {
  AppError, createOutline, generateQuiz, generateScript, listVoices, renderLesson, servedLocally, synthesizeSpeech, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BlobStore, type ServiceDefinition } from '@tecnocursos/nest-kit';

/** What the stub engines do, and what they saw: set by a test, read by it. */
export const stubs = {
  /** Slides of a script. */
  slides: 4,
  /** Errors that the next calls of the voice end with, in order. */
  voiceErrors: [] as Error[],
  voiceDelayMs: 0,
  voicesAtWork: 0,
  mostVoicesAtWork: 0,
  abortedVoices: 0,
  calls: new Map<string, number>(),
};

export function resetStubs(): void {
  Object.assign(stubs, { slides: 4, voiceErrors: [], voiceDelayMs: 0, voicesAtWork: 0, mostVoicesAtWork: 0, abortedVoices: 0, calls: new Map() });
}

const count = (operation: string): void => void stubs.calls.set(operation, (stubs.calls.get(operation) ?? 0) + 1);
const served_by = servedLocally('stub');

@Controller()
class StubAi {
  @RpcHandler(createOutline)
  async outline({ title }: RequestOf<typeof createOutline>) {
    count('outline');
    const lesson = { number: 1, title: 'Aula', first_block: 0, end_block: 1, objectives: ['Saber'], key_terms: [], summary: 'Resumo.', estimated_minutes: 1 };
    return { outline: { title: title ?? 'Curso', summary: 'Resumo.', lessons: [lesson] }, served_by };
  }
  @RpcHandler(generateScript)
  async script() {
    count('script');
    const slide = { kind: 'bullets' as const, title: 'Título', bullets: ['Um'], narration: '<speak><s>Um.</s></speak>' };
    const title = { kind: 'title' as const, title: 'Aula', narration: '<speak><s>Aula.</s></speak>' };
    return { slides: [title, ...Array.from({ length: stubs.slides - 1 }, () => slide)], served_by };
  }
  @RpcHandler(generateQuiz)
  async quiz() {
    count('quiz');
    return { questions: [{ id: 'q1', kind: 'cloze' as const, prompt: 'A ____ é azul.', options: ['casa', 'água'], answer_index: 1, explanation: 'A água é azul.' }], served_by };
  }
}

@Controller()
class StubVoice {
  constructor(private readonly blobs: BlobStore) {}

  @RpcHandler(synthesizeSpeech)
  async speak({ output_key: key = 'speech/stub.wav' }: RequestOf<typeof synthesizeSpeech>, { signal }: CallContext) {
    count('voice');
    stubs.voicesAtWork += 1;
    stubs.mostVoicesAtWork = Math.max(stubs.mostVoicesAtWork, stubs.voicesAtWork);
    try {
      await this.work(signal);
      const audio = await this.blobs.putBytes(key, Buffer.from('RIFF'), 'audio/wav');
      return { audio, duration_ms: 1_000, words: [{ text: 'Um.', start_ms: 0, end_ms: 900, sentence: 0 }], timing: 'measured' as const, voice: 'stub', warnings: [], served_by };
    } finally {
      stubs.voicesAtWork -= 1;
    }
  }
  @RpcHandler(listVoices)
  async voices() {
    const voice = { id: 'stub', name: 'Stub', language: 'pt-BR' as const, gender: 'female' as const, age: 'adult' as const, style: 'calm', premium: true, default: true };
    return { voices: [voice] };
  }

  private async work(signal: AbortSignal): Promise<void> {
    const error = stubs.voiceErrors.shift();
    if (error) throw error;
    if (stubs.voiceDelayMs === 0) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, stubs.voiceDelayMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        stubs.abortedVoices += 1;
        reject(new AppError('canceled', 'Stopped.'));
      });
    });
  }
}

@Controller()
class StubVideo {
  constructor(private readonly blobs: BlobStore) {}

  @RpcHandler(renderLesson)
  async render({ video_key: videoKey, poster_key: posterKey, slides }: RequestOf<typeof renderLesson>) {
    count('video');
    const video = await this.blobs.putBytes(videoKey, Buffer.from('video'), 'video/mp4');
    const poster = await this.blobs.putBytes(posterKey, Buffer.from('poster'), 'image/jpeg');
    const times = slides.map((_, index) => ({ start_ms: index * 1_000, end_ms: (index + 1) * 1_000 }));
    const duration = slides.length * 1_000;
    return { video, poster, duration_ms: duration, width: 1280, height: 720, slides: times, chapters: [{ title: 'Título', start_ms: 0, end_ms: duration }], warnings: [], served_by };
  }
}

@Module({ controllers: [StubAi] })
class StubAiModule {}
@Module({ controllers: [StubVoice] })
class StubVoiceModule {}
@Module({ controllers: [StubVideo] })
class StubVideoModule {}

/** Stand in for ai, tts and avatar-video on a real bus, so that the pipeline alone is tested. */
export const STUB_ENGINES: readonly ServiceDefinition[] = [
  { name: 'ai', module: StubAiModule },
  { name: 'tts', module: StubVoiceModule },
  { name: 'avatar-video', module: StubVideoModule },
];

import { Controller, Module } from '@nestjs/common';
import { servedLocally, synthesizeSpeech, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { BlobStore, type ServiceDefinition } from '@tecnocursos/nest-kit';
import { toneWav } from '../providers/local/sound.fixture.js';
import { mp3Of } from '../videos/audio-file.js';

const SECONDS = 2;

/** Stands in for the narration service on the bus: speaks a tone, and says when its words are heard. */
export function speechService(): { service: ServiceDefinition; spoken: string[] } {
  const spoken: string[] = [];

  @Controller()
  class SpeechController {
    constructor(private readonly blobs: BlobStore) {}

    @RpcHandler(synthesizeSpeech)
    async speak({ text = '', output_key: key = 'speech.mp3', voice = '' }: RequestOf<typeof synthesizeSpeech>): Promise<ReplyInput<typeof synthesizeSpeech>> {
      spoken.push(`${voice}: ${text}`);
      const { bytes, contentType, durationMs } = await mp3Of(toneWav({ seconds: SECONDS }), new AbortController().signal);
      const audio = await this.blobs.putBytes(key, bytes, contentType);
      const words = text.split(' ').map((word, index, all) => ({ text: word, start_ms: Math.round((index / all.length) * durationMs), end_ms: Math.round(((index + 1) / all.length) * durationMs), sentence: 0 }));
      return { audio, duration_ms: durationMs, words, timing: 'estimated', voice, warnings: [], served_by: servedLocally('local') };
    }
  }
  @Module({ controllers: [SpeechController] })
  class SpeechModule {}
  return { service: { name: 'tts', module: SpeechModule }, spoken };
}

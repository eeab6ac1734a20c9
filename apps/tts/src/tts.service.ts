import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { AudioFormat, listVoices, ReplyInput, RequestOf, synthesizeSpeech, Voice } from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import { CONTENT_TYPES, encodeAudio } from './audio/encode.js';
import { chooseVoice, HOUSE_VOICES } from './house-voices.js';
import { SPEECH_SYNTHESIZER, type SpeechSynthesizer } from './ports/speech-synthesizer.port.js';
import { parsePlainText } from './ssml/script-builder.js';
import type { SpeechScript } from './ssml/speech-script.js';
import { parseSsml } from './ssml/ssml-parser.js';

@Injectable()
export class TtsService {
  constructor(
    @Inject(SPEECH_SYNTHESIZER) private readonly synthesizer: SpeechSynthesizer,
    private readonly blobs: BlobStore,
  ) {}

  voices({ language, gender }: RequestOf<typeof listVoices>): Voice[] {
    return HOUSE_VOICES.filter((voice) => (language ?? voice.language) === voice.language && (gender ?? voice.gender) === voice.gender);
  }

  async synthesize(request: RequestOf<typeof synthesizeSpeech>, signal: AbortSignal): Promise<ReplyInput<typeof synthesizeSpeech>> {
    const voice = chooseVoice(request.language, request.voice);
    const script = scriptOf(request);
    const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-tts-'));
    try {
      const wavPath = join(folder, 'speech.wav');
      const { language, rate, pitch, format } = request;
      const speech = await this.synthesizer.synthesize({ script, language, voice: voice.id, rate, pitch, wavPath, signal });
      const path = await inFormat(wavPath, format, signal);
      return {
        audio: await this.blobs.uploadFile(request.output_key, path, CONTENT_TYPES[format], signal),
        duration_ms: speech.durationMs,
        words: [...speech.words],
        timing: speech.timing,
        voice: voice.id,
        warnings: [...script.warnings, ...speech.warnings],
        served_by: speech.servedBy,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

const scriptOf = ({ text, ssml, language }: RequestOf<typeof synthesizeSpeech>): SpeechScript =>
  ssml === undefined ? parsePlainText(text ?? '', language) : parseSsml(ssml, language);

async function inFormat(wavPath: string, format: AudioFormat, signal: AbortSignal): Promise<string> {
  if (format === 'wav') return wavPath;
  const path = `${wavPath}.${format}`;
  await encodeAudio(wavPath, format, path, signal);
  return path;
}

import { Injectable } from '@nestjs/common';
import { parseOrThrow, synthesizeSpeech, type Language, type previewVoice, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { ClonedVoiceRepository } from '../cloning/cloned-voice.repository.js';
import { chooseVoice, HOUSE_VOICES } from '../house-voices.js';
import { AudioStore } from '../speech/audio-store.js';
import { TtsService } from '../tts.service.js';

const SAMPLES: Readonly<Record<Language, (name: string) => string>> = {
  'pt-BR': (name) => `Olá! Eu sou ${name}. Nesta aula, vamos aprender juntos, um passo de cada vez.`,
  en: (name) => `Hello! I am ${name}. In this lesson, we will learn together, one step at a time.`,
};

/** How voices sound, before one is chosen. */
@Injectable()
export class VoicePreview {
  constructor(
    private readonly tts: TtsService,
    private readonly store: AudioStore,
    private readonly cloned: ClonedVoiceRepository,
  ) {}

  async preview({ voice, routing }: RequestOf<typeof previewVoice>, context: CallContext): Promise<ReplyInput<typeof previewVoice>> {
    const { name, language } = await this.describe(voice, context.tenantId);
    const text = SAMPLES[language](name);
    const speech = await this.tts.synthesize(parseOrThrow(synthesizeSpeech.request, { text, language, voice, format: 'mp3', ...(routing && { routing }) }), context);
    const { url, expiresAt } = await this.store.link(speech.audio.key);
    return { voice, text, audio: speech.audio, duration_ms: speech.duration_ms, url, expires_at: expiresAt, served_by: speech.served_by };
  }

  private async describe(id: string, tenantId: string): Promise<{ name: string; language: Language }> {
    const house = HOUSE_VOICES.find((voice) => voice.id === id);
    if (house) return house;
    return /^[0-9a-f-]{36}$/i.test(id) ? this.cloned.get(tenantId, id) : chooseVoice('pt-BR', id);
  }
}

import { Injectable } from '@nestjs/common';
import { AppError, type Language } from '@tecnocursos/contracts';
import type { RouteRequest } from '@tecnocursos/provider-kit';
import { ClonedVoiceRepository } from '../cloning/cloned-voice.repository.js';
import { chooseVoice } from '../house-voices.js';
import type { ChosenVoice } from '../ports/speech-synthesizer.port.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A voice and, where only one provider has it, the only route to it. */
export interface VoiceChoice {
  readonly voice: ChosenVoice;
  readonly route: RouteRequest;
}

/** Voices by the names that callers use. */
@Injectable()
export class VoiceChoices {
  constructor(private readonly cloned: ClonedVoiceRepository) {}

  /** @throws AppError `invalid_request` for an unknown voice, and for one of another language; `not_found` for a cloned voice that the tenant does not have. */
  async choose(tenantId: string, language: Language, id: string | undefined): Promise<VoiceChoice> {
    if (id === undefined || !UUID.test(id)) return { voice: { kind: 'house', voice: chooseVoice(language, id) }, route: {} };
    const voice = await this.cloned.get(tenantId, id);
    if (voice.language !== language) {
      const message = `The voice "${voice.name}" speaks ${voice.language}, not ${language}.`;
      throw new AppError('invalid_request', message, { issues: [{ field: 'voice', message }] });
    }
    return { voice: { kind: 'cloned', id, vendorVoiceId: voice.vendorVoiceId }, route: { providers: [voice.provider], allowFallback: false } };
  }
}

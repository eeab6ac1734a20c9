import { AppError, type Language, type RequestOf, type synthesizeSpeech } from '@tecnocursos/contracts';
import { hashOf } from '@tecnocursos/provider-kit';
import type { ChosenVoice, SpeechOrder, SpeechSynthesizer } from '../ports/speech-synthesizer.port.js';
import { parsePlainText } from '../ssml/script-builder.js';
import type { SpeechScript } from '../ssml/speech-script.js';
import { parseSsml } from '../ssml/ssml-parser.js';

export type SpeechRequest = RequestOf<typeof synthesizeSpeech>;
/** What is said and how it sounds, whoever says it. */
export type SpokenRequest = Pick<SpeechRequest, 'text' | 'ssml' | 'language' | 'rate' | 'pitch' | 'stability' | 'similarity' | 'routing'>;

/** A request that was understood. */
export interface Understood {
  readonly script: SpeechScript;
  readonly language: Language;
  readonly voice: ChosenVoice;
}

/** Changes when the same request is to sound differently from now on, so that no speech of before is used. */
const SOUND_VERSION = 1;

/** @throws AppError `ssml_invalid`, `invalid_request`. */
export const scriptOf = ({ text, ssml, language }: Pick<SpeechRequest, 'text' | 'ssml' | 'language'>): SpeechScript =>
  ssml === undefined ? parsePlainText(text ?? '', language) : parseSsml(ssml, language);

/** The order as one provider gets it. */
export function orderFor(port: SpeechSynthesizer, { rate, pitch, stability, similarity, routing }: SpokenRequest, { script, language, voice }: Understood): SpeechOrder {
  return {
    script, language, voice, rate, pitch, model: routing?.model ?? port.models[routing?.tier ?? 'standard'],
    ...(stability !== undefined && { stability }), ...(similarity !== undefined && { similarity }),
  };
}

/** SHA-256 of all that the sound depends on, but for who speaks: two requests with the same one may share the audio. */
export function contentHash(request: SpokenRequest & Partial<Pick<SpeechRequest, 'format' | 'sample_rate'>>, { script, language, voice }: Understood): string {
  const { rate, pitch, stability, similarity, routing, format, sample_rate: sampleRate } = request;
  return hashOf(SOUND_VERSION, script.sentences, language, voice.kind === 'house' ? voice.voice.id : voice.id, {
    rate, pitch, stability, similarity, model: routing?.model, tier: routing?.tier ?? 'standard', format, sampleRate,
  });
}

/** @throws AppError `invalid_request` for a model without its vendor: the same name means nothing to the others. */
export function checkModel({ routing }: SpokenRequest): void {
  if (routing?.model === undefined || routing.provider !== undefined) return;
  const message = 'A model belongs to a vendor: give routing.provider with it, or choose a tier.';
  throw new AppError('invalid_request', message, { issues: [{ field: 'routing.provider', message }] });
}

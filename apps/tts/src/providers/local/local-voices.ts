import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ChosenVoice } from '../../ports/speech-synthesizer.port.js';

/** How espeak-ng plays a house voice. */
export interface LocalVoice {
  /** Language and variant, as in `espeak-ng -v`; `espeak-ng --voices=variant` lists the variants. */
  readonly name: string;
  /** Words a minute at rate 1. */
  readonly wordsPerMinute: number;
  /** 0 to 99 as in `espeak-ng -p`, where 50 is the variant's own pitch and 50 steps are an octave. */
  readonly pitch: number;
}

/** Variants that clip (Andrea, john, Gene), whisper or imitate robots are left out. */
const LOCAL_VOICES: Readonly<Record<string, LocalVoice>> = {
  francisca: { name: 'pt-br+f2', wordsPerMinute: 156, pitch: 48 },
  antonio: { name: 'pt-br+m3', wordsPerMinute: 155, pitch: 48 },
  thalita: { name: 'pt-br+Annie', wordsPerMinute: 162, pitch: 52 },
  camila: { name: 'pt-br+f3', wordsPerMinute: 158, pitch: 46 },
  vitoria: { name: 'pt-br+f4', wordsPerMinute: 157, pitch: 48 },
  thiago: { name: 'pt-br+rob', wordsPerMinute: 162, pitch: 52 },
  beatriz: { name: 'pt-br+linda', wordsPerMinute: 160, pitch: 54 },
  helena: { name: 'pt-br+steph', wordsPerMinute: 150, pitch: 42 },
  rafael: { name: 'pt-br+m7', wordsPerMinute: 155, pitch: 50 },
  lucas: { name: 'pt-br+Michael', wordsPerMinute: 164, pitch: 58 },
  gustavo: { name: 'pt-br+Alex', wordsPerMinute: 156, pitch: 46 },
  paulo: { name: 'pt-br+m8', wordsPerMinute: 148, pitch: 46 },
  aria: { name: 'en-us+f2', wordsPerMinute: 158, pitch: 48 },
  guy: { name: 'en-us+m3', wordsPerMinute: 157, pitch: 48 },
  jenny: { name: 'en-us+Annie', wordsPerMinute: 164, pitch: 52 },
  michelle: { name: 'en-us+f4', wordsPerMinute: 157, pitch: 48 },
  davis: { name: 'en-us+m8', wordsPerMinute: 150, pitch: 47 },
  tony: { name: 'en-us+rob', wordsPerMinute: 162, pitch: 53 },
};

/** @throws ProviderFailure `unsupported` for cloned voices. */
export function localVoiceOf(chosen: ChosenVoice): LocalVoice {
  if (chosen.kind === 'cloned') throw new ProviderFailure('unsupported', 'The local engine has no cloned voices.', { field: 'voice' });
  const voice = LOCAL_VOICES[chosen.voice.id];
  if (!voice) throw new Error(`The house voice ${chosen.voice.id} has no local counterpart.`);
  return voice;
}

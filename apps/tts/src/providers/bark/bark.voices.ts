import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ChosenVoice } from '../../ports/speech-synthesizer.port.js';

/** Bark's presets have numbers and no names: the published list says which of them are women's (`f`) and men's. Brazil's has one woman. */
const PRESETS: Readonly<Record<string, string>> = {
  francisca: 'v2/pt_speaker_4', thalita: 'v2/pt_speaker_4', camila: 'v2/pt_speaker_4', vitoria: 'v2/pt_speaker_4', beatriz: 'v2/pt_speaker_4', helena: 'v2/pt_speaker_4',
  antonio: 'v2/pt_speaker_0', thiago: 'v2/pt_speaker_1', rafael: 'v2/pt_speaker_2', lucas: 'v2/pt_speaker_5', gustavo: 'v2/pt_speaker_7', paulo: 'v2/pt_speaker_3',
  aria: 'v2/en_speaker_9', jenny: 'v2/en_speaker_9', michelle: 'v2/en_speaker_9', guy: 'v2/en_speaker_6', davis: 'v2/en_speaker_0', tony: 'v2/en_speaker_3',
};

/** @throws ProviderFailure `unsupported` for cloned voices. */
export function barkPresetOf(chosen: ChosenVoice): string {
  if (chosen.kind === 'cloned') throw new ProviderFailure('unsupported', 'Bark has no cloned voices.', { field: 'voice' });
  const preset = PRESETS[chosen.voice.id];
  if (preset === undefined) throw new Error(`The house voice ${chosen.voice.id} has no preset of Bark.`);
  return preset;
}

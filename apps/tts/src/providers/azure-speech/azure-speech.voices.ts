import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ChosenVoice } from '../../ports/speech-synthesizer.port.js';

export interface AzureVoice {
  readonly name: string;
  /** The same person as a DragonHD voice, where there is one; not in all regions. */
  readonly hd?: string;
}

/** Short names of Azure's voices by house voice, of the same gender, near in age and style: learn.microsoft.com, language support of the speech service. */
const VOICES: Readonly<Record<string, AzureVoice>> = {
  francisca: { name: 'pt-BR-FranciscaNeural' },
  antonio: { name: 'pt-BR-AntonioNeural' },
  thalita: { name: 'pt-BR-ThalitaNeural', hd: 'pt-BR-Thalita:DragonHDLatestNeural' },
  camila: { name: 'pt-BR-BrendaNeural' },
  vitoria: { name: 'pt-BR-ElzaNeural' },
  thiago: { name: 'pt-BR-FabioNeural' },
  beatriz: { name: 'pt-BR-GiovannaNeural' },
  helena: { name: 'pt-BR-LeilaNeural' },
  rafael: { name: 'pt-BR-DonatoNeural', hd: 'pt-BR-Macerio:DragonHDLatestNeural' },
  lucas: { name: 'pt-BR-HumbertoNeural' },
  gustavo: { name: 'pt-BR-JulioNeural' },
  paulo: { name: 'pt-BR-NicolauNeural' },
  aria: { name: 'en-US-AriaNeural', hd: 'en-US-Aria:DragonHDLatestNeural' },
  guy: { name: 'en-US-GuyNeural' },
  jenny: { name: 'en-US-JennyNeural', hd: 'en-US-Jenny:DragonHDLatestNeural' },
  michelle: { name: 'en-US-MichelleNeural' },
  davis: { name: 'en-US-DavisNeural', hd: 'en-US-Davis:DragonHDLatestNeural' },
  tony: { name: 'en-US-TonyNeural' },
};

/** @throws ProviderFailure `unsupported` for cloned voices. */
export function azureVoiceOf(chosen: ChosenVoice): AzureVoice {
  if (chosen.kind === 'cloned') throw new ProviderFailure('unsupported', 'Azure Speech does not have this cloned voice.', { field: 'voice' });
  const voice = VOICES[chosen.voice.id];
  if (!voice) throw new Error(`The house voice ${chosen.voice.id} has no counterpart at Azure.`);
  return voice;
}

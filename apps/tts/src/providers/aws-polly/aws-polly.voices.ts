import type { VoiceId } from '@aws-sdk/client-polly';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ChosenVoice, UnmetProsody } from '../../ports/speech-synthesizer.port.js';

export type PollyEngine = 'standard' | 'neural' | 'long-form' | 'generative';

/** A voice of Polly, and how far it is moved away from itself so that house voices which share it can be told apart. */
export interface PollyVoice {
  readonly id: VoiceId;
  readonly shift: UnmetProsody;
}

interface PollyRow {
  readonly neural: VoiceId;
  readonly standard: VoiceId;
  readonly rate?: number;
  readonly pitch?: number;
}

/** Brazil has two women and two men; Thiago speaks neural only, Ricardo standard only. */
const VOICES: Readonly<Record<string, PollyRow>> = {
  francisca: { neural: 'Camila', standard: 'Camila' },
  antonio: { neural: 'Thiago', standard: 'Ricardo' },
  thalita: { neural: 'Vitoria', standard: 'Vitoria', rate: 1.04, pitch: 1 },
  camila: { neural: 'Camila', standard: 'Camila', rate: 1.02, pitch: -0.5 },
  vitoria: { neural: 'Vitoria', standard: 'Vitoria' },
  thiago: { neural: 'Thiago', standard: 'Ricardo', rate: 1.05, pitch: 1 },
  beatriz: { neural: 'Camila', standard: 'Camila', rate: 1.03, pitch: 1.5 },
  helena: { neural: 'Vitoria', standard: 'Vitoria', rate: 0.94, pitch: -1.5 },
  rafael: { neural: 'Thiago', standard: 'Ricardo', pitch: -0.7 },
  lucas: { neural: 'Thiago', standard: 'Ricardo', rate: 1.08, pitch: 1.7 },
  gustavo: { neural: 'Thiago', standard: 'Ricardo', rate: 0.98, pitch: -1.2 },
  paulo: { neural: 'Thiago', standard: 'Ricardo', rate: 0.93, pitch: -2 },
  aria: { neural: 'Joanna', standard: 'Joanna' },
  guy: { neural: 'Matthew', standard: 'Matthew' },
  jenny: { neural: 'Salli', standard: 'Salli' },
  michelle: { neural: 'Ruth', standard: 'Kimberly' },
  davis: { neural: 'Gregory', standard: 'Joey', rate: 0.95, pitch: -1 },
  tony: { neural: 'Stephen', standard: 'Joey' },
};

/** @throws ProviderFailure `unsupported` for cloned voices. */
export function pollyVoiceOf(chosen: ChosenVoice, engine: string): PollyVoice {
  if (chosen.kind === 'cloned') throw new ProviderFailure('unsupported', 'Amazon Polly does not have this cloned voice.', { field: 'voice' });
  const row = VOICES[chosen.voice.id];
  if (!row) throw new Error(`The house voice ${chosen.voice.id} has no counterpart at Polly.`);
  return { id: engine === 'standard' ? row.standard : row.neural, shift: { rate: row.rate ?? 1, pitch: row.pitch ?? 0 } };
}

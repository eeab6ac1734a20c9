import type { Language, ServedBy, WordTiming } from '@tecnocursos/contracts';
import type { SpeechScript } from '../ssml/speech-script.js';

export const SPEECH_SYNTHESIZER = Symbol('SPEECH_SYNTHESIZER');

export interface SpeechRequest {
  /** What to say: sentences of words, each with its written and its spoken form, and pauses. At least one word. */
  readonly script: SpeechScript;
  readonly language: Language;
  /** Id of a house voice of that language; the provider maps it to one of its own. */
  readonly voice: string;
  /** Factor on the voice's normal speed, 0.5 to 2. */
  readonly rate: number;
  /** Semitones on the voice's normal pitch, -12 to 12. */
  readonly pitch: number;
  /** Where the provider writes its result: a WAV file, mono, 16 bits. The folder exists, the file does not. */
  readonly wavPath: string;
  /** Aborting it stops the work, child processes and open requests included. */
  readonly signal: AbortSignal;
}

export interface SynthesizedSpeech {
  /** Hertz. */
  readonly sampleRate: number;
  readonly durationMs: number;
  /**
   * One entry per written word of the script, in its order; `sentence` is the index in `script.sentences`. Times never go
   * backwards and end within the duration. A word that makes no sound has equal start and end.
   */
  readonly words: readonly WordTiming[];
  /** `measured`: the times were taken from the audio or from the vendor; `estimated`: some words' times were inferred. */
  readonly timing: 'measured' | 'estimated';
  /** What the provider could not honour, in words for the author. */
  readonly warnings: readonly string[];
  readonly servedBy: ServedBy;
}

/** Speaks a script in a house voice. One implementation per vendor or local engine; it knows nothing of storage or the bus. */
export interface SpeechSynthesizer {
  /** Stable id of the provider, such as `local`. */
  readonly id: string;
  /**
   * Loudness is evened out so that voices can follow one another in a lesson, and a short pause ends the audio.
   * @throws AppError `engine_missing`, `engine_failed`, `canceled`.
   */
  synthesize(request: SpeechRequest): Promise<SynthesizedSpeech>;
}

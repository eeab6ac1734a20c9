import type { Language, ModelTier, Usage, Voice, WordTiming } from '@tecnocursos/contracts';
import type { SpeechScript } from '../ssml/speech-script.js';

/** A voice as the port knows it: a house voice that each provider maps to one of its own, or a voice that one provider cloned for a tenant. */
export type ChosenVoice =
  | { readonly kind: 'house'; readonly voice: Voice }
  | { readonly kind: 'cloned'; readonly id: string; readonly vendorVoiceId: string };

/** What to say and how. The script is whole at the beginning; a provider is asked for it in the utterances that its `division` allows. */
export interface SpeechOrder {
  readonly script: SpeechScript;
  readonly language: Language;
  readonly voice: ChosenVoice;
  /** The provider's own name of a model. */
  readonly model: string;
  /** Factor on the voice's normal speed, 0.5 to 2. */
  readonly rate: number;
  /** Semitones on the voice's normal pitch, -12 to 12. */
  readonly pitch: number;
  /** 0 to 1; the provider's default when absent. */
  readonly stability?: number;
  readonly similarity?: number;
}

/** A part of an order that is spoken by one call. */
export interface Utterance extends SpeechOrder {
  /** Text that is heard before and after it, for providers that carry the intonation over. */
  readonly before?: string;
  readonly after?: string;
}

/** How a script is to be cut for a provider. */
export interface ScriptDivision {
  /** Characters of spoken text in one utterance. */
  readonly maxCharacters: number;
  /** Longest pause, in milliseconds, that the provider makes itself; longer ones are made of silence between two utterances. 0: all of them. */
  readonly maxPauseMs: number;
}

/** When a word of the utterance, counted from 0, is heard: milliseconds from the start of the clip. */
export interface WordMark {
  readonly word: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** What of an order is left to be done to the audio, because the provider could not. */
export interface UnmetProsody {
  /** Factor on the speed. */
  readonly rate: number;
  /** Semitones. */
  readonly pitch: number;
}
export const NOTHING_UNMET: UnmetProsody = { rate: 1, pitch: 0 };

interface Spoken {
  readonly usage: Usage;
  /** The model that spoke, where it is another than the order's. */
  readonly model?: string;
  /** What could not be honoured, in words for the author. */
  readonly warnings: readonly string[];
}

/** Audio of one utterance as it came; decoding, loudness, joining and the times of its words are the caller's. */
export interface SpokenClip extends Spoken {
  readonly kind: 'clip';
  /** Mono, signed 16 bits, little-endian at `sampleRate`; or any format that ffmpeg knows. */
  readonly encoding: { readonly kind: 'pcm'; readonly sampleRate: number } | { readonly kind: 'file' };
  readonly bytes: Buffer;
  /** Absent where the provider tells no times. Words that it does not tell of are missing. */
  readonly marks?: readonly WordMark[];
  readonly unmet: UnmetProsody;
}

/** A finished narration: pauses, loudness and times are as they are to be. Of engines on this machine. */
export interface SpokenRecording extends Spoken {
  readonly kind: 'recording';
  /** WAV, mono, 16 bits, inside the folder of the context. */
  readonly wavPath: string;
  readonly sampleRate: number;
  readonly durationMs: number;
  readonly words: readonly WordTiming[];
  readonly timing: 'measured' | 'estimated';
}

export interface SpeakContext {
  /** Aborting it stops the work, child processes and open requests included. */
  readonly signal: AbortSignal;
  /** A folder of the call's own that exists, for engines that write files. */
  readonly folder: string;
}

/** MP3 as it comes, and at last what it used. */
export type SpeechStreamPart = { readonly type: 'audio'; readonly bytes: Buffer } | ({ readonly type: 'end' } & Spoken);

export interface VoiceSample {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface VoiceCloner {
  clone(
    request: { readonly name: string; readonly description: string; readonly language: Language; readonly removeBackgroundNoise: boolean; readonly samples: readonly VoiceSample[] },
    signal: AbortSignal,
  ): Promise<{ readonly vendorVoiceId: string; readonly usage: Usage }>;
  /** Also succeeds when the vendor no longer has it. */
  remove(vendorVoiceId: string, signal: AbortSignal): Promise<void>;
}

/**
 * Speaks in house voices. One implementation per vendor or local engine; it knows nothing of storage, the bus, caching, retries or audio processing. Everything it
 * throws is a `ProviderFailure`, or is understood by its definition's `toFailure`.
 */
export interface SpeechSynthesizer {
  /** The model of each tier. */
  readonly models: Readonly<Record<ModelTier, string>>;
  division(order: SpeechOrder): ScriptDivision;
  /** The most that the order may be billed. Cheap: no I/O. */
  estimate(order: SpeechOrder): Usage;
  speak(utterance: Utterance, context: SpeakContext): Promise<SpokenClip | SpokenRecording>;
  /** Present with the capability `stream`. One utterance, MP3. */
  stream?(utterance: Utterance, context: SpeakContext): AsyncIterable<SpeechStreamPart>;
  /** Present with the capability `clone`. */
  readonly cloner?: VoiceCloner;
}

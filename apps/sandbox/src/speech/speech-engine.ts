import { availableParallelism } from 'node:os';
import { findProgram, runProgram } from '@tecnocursos/engines';
import { Semaphore } from '@tecnocursos/nest-kit';
import { BoundedCache } from '../core/bounded-cache.js';

/** Hertz of everything that is spoken here. */
export const SPOKEN_RATE = 22_050;

export interface Speaker {
  readonly language: 'pt' | 'en';
  readonly gender: 'female' | 'male';
  /** Tells voices of the same gender apart; any number. */
  readonly variant: number;
}

/** A stretch of text, and the silence after it. */
export interface SpeechSegment {
  readonly text: string;
  readonly pauseMs: number;
  /** Factor on the normal speed. */
  readonly speed: number;
  /** Semitones; 0 when absent. */
  readonly pitch?: number;
}

export interface SpokenSegment {
  /** Positions of samples: of its sound, and of the end of its pause. */
  readonly start: number;
  readonly soundStart: number;
  readonly soundEnd: number;
  readonly end: number;
}

export interface SpokenText {
  readonly samples: Int16Array;
  readonly segments: readonly SpokenSegment[];
}

const VOICES = {
  female: ['f2', 'f3', 'f4', 'Annie', 'linda', 'steph'],
  male: ['m3', 'm7', 'm8', 'rob', 'Alex', 'Michael'],
} as const;
const WORDS_PER_MINUTE = 165;
const SPEED = { low: 80, high: 450 };
/** Of espeak-ng's 0 to 99; 50 steps are an octave. */
const NORMAL_PITCH = 50;
const PITCH_PER_SEMITONE = 50 / 12;
const CACHED = 128;
const MAX_BYTES = 128 * 1024 * 1024;
const SILENT = 12;
const SOFT_SAMPLES = 220;
/** Seconds of tone for a character, where no espeak-ng is installed: about the speed of speech. */
const TONE_S_PER_CHARACTER = 0.065;

const cache = new BoundedCache<Int16Array>(CACHED);
const places = new Semaphore(availableParallelism());

/** Speaks for all simulated vendors: espeak-ng where it is installed, a tone of the right length elsewhere. Repeated texts are spoken once. */
export async function speak(segments: readonly SpeechSegment[], speaker: Speaker, signal: AbortSignal): Promise<SpokenText> {
  const sounds: Int16Array[] = [];
  for (const segment of segments) sounds.push(await soundOf(segment, speaker, signal)); // one after the other: what is repeated is spoken once
  const pauses = segments.map(({ pauseMs }) => Math.round((pauseMs * SPOKEN_RATE) / 1_000));
  const samples = new Int16Array(sounds.reduce((sum, sound, index) => sum + sound.length + (pauses[index] ?? 0), 0));
  let start = 0;
  const spoken = sounds.map((sound, index) => {
    samples.set(sound, start);
    const { first, last } = edges(sound);
    const segment = { start, soundStart: start + first, soundEnd: start + last, end: start + sound.length + (pauses[index] ?? 0) };
    start = segment.end;
    return segment;
  });
  return { samples, segments: spoken };
}

async function soundOf({ text, speed, pitch = 0 }: SpeechSegment, speaker: Speaker, signal: AbortSignal): Promise<Int16Array> {
  const said = text.replaceAll(/[\p{Cc}[\]]+/gu, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(said)) return new Int16Array();
  const key = JSON.stringify([said, speed, pitch, speaker]);
  const known = cache.get(key);
  if (known) return known;
  const sound = trimmed(findProgram('espeak-ng') === null ? tone(said.length / speed) : await withEspeak(said, { speed, pitch }, speaker, signal));
  cache.set(key, sound);
  return sound;
}

async function withEspeak(text: string, { speed, pitch }: { speed: number; pitch: number }, { language, gender, variant }: Speaker, signal: AbortSignal): Promise<Int16Array> {
  const names = VOICES[gender];
  const voice = `${language === 'pt' ? 'pt-br' : 'en-us'}+${names[Math.abs(variant) % names.length]}`;
  const rate = String(Math.round(Math.min(SPEED.high, Math.max(SPEED.low, WORDS_PER_MINUTE * speed))));
  const height = Math.round(Math.min(99, Math.max(0, NORMAL_PITCH + pitch * PITCH_PER_SEMITONE)));
  const { stdout } = await places.run(() => runProgram('espeak-ng', ['-b', '1', '-v', voice, '-s', rate, '-p', String(height), '--stdin', '--stdout'], { input: text, signal, maxOutputBytes: MAX_BYTES }), signal);
  return samplesOf(stdout);
}

/** espeak-ng writes to a pipe and cannot know the length: the data reach to the end. */
function samplesOf(wav: Buffer): Int16Array {
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  const even = wav.subarray(data, wav.length - ((wav.length - data) % 2));
  return new Int16Array(new Uint8Array(even).buffer);
}

function tone(characters: number): Int16Array {
  const length = Math.round(characters * TONE_S_PER_CHARACTER * SPOKEN_RATE);
  const swell = (index: number): number => 0.6 + 0.4 * Math.sin((2 * Math.PI * 4 * index) / SPOKEN_RATE);
  return Int16Array.from({ length }, (_, index) => Math.round(9_000 * swell(index) * Math.sin((2 * Math.PI * 180 * index) / SPOKEN_RATE)));
}

/** Pauses are as long as they are asked: what the engine adds of its own goes, but for a soft end. */
function trimmed(sound: Int16Array): Int16Array {
  const { first, last } = edges(sound);
  return sound.slice(Math.max(0, first - SOFT_SAMPLES), last + SOFT_SAMPLES);
}

function edges(sound: Int16Array): { first: number; last: number } {
  const first = sound.findIndex((sample) => Math.abs(sample) > SILENT);
  if (first < 0) return { first: 0, last: sound.length };
  return { first, last: sound.findLastIndex((sample) => Math.abs(sample) > SILENT) + 1 };
}

import { SILENT_DB, type SpeechStyle } from './speech-script.js';
import { ssmlInvalid } from './ssml-invalid.js';

type Attributes = Readonly<Record<string, string>>;

const STRENGTHS: Readonly<Record<string, number>> = { none: 0, 'x-weak': 100, weak: 200, medium: 400, strong: 700, 'x-strong': 1_200 };
const RATES: Readonly<Record<string, number>> = { 'x-slow': 0.6, slow: 0.8, medium: 1, default: 1, fast: 1.25, 'x-fast': 1.5 };
const PITCHES: Readonly<Record<string, number>> = { 'x-low': -6, low: -3, medium: 0, default: 0, high: 3, 'x-high': 6 };
const VOLUMES: Readonly<Record<string, number>> = { silent: SILENT_DB, 'x-soft': -12, soft: -6, medium: 0, default: 0, loud: 4, 'x-loud': 8 };
const EMPHASES: Readonly<Record<string, SpeechStyle>> = {
  strong: { rate: 0.9, pitch: 2, volumeDb: 3 },
  moderate: { rate: 0.95, pitch: 1, volumeDb: 1.5 },
  reduced: { rate: 1.05, pitch: -1, volumeDb: -3 },
  none: { rate: 1, pitch: 0, volumeDb: 0 },
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const namesOf = (table: object): string => Object.keys(table).join(', ');

/** Milliseconds of a `<break>`. */
export function breakMilliseconds({ time, strength }: Attributes): number {
  if (time !== undefined) {
    const match = /^\s*\+?(\d+(?:\.\d+)?|\.\d+)\s*(ms|s)\s*$/.exec(time);
    if (!match) throw ssmlInvalid(`<break time="${time}">: write milliseconds or seconds, such as "400ms" or "1s".`);
    return Math.round(Number(match[1]) * (match[2] === 's' ? 1_000 : 1));
  }
  const milliseconds = STRENGTHS[strength ?? 'medium'];
  if (milliseconds === undefined) throw ssmlInvalid(`<break strength="${strength}">: use one of ${namesOf(STRENGTHS)}.`);
  return milliseconds;
}

export function emphasisStyle({ level }: Attributes): SpeechStyle {
  const style = EMPHASES[level ?? 'moderate'];
  if (!style) throw ssmlInvalid(`<emphasis level="${level}">: use one of ${namesOf(EMPHASES)}.`);
  return style;
}

export function prosodyStyle({ rate, pitch, volume }: Attributes): SpeechStyle {
  return {
    rate: rate === undefined ? 1 : clamp(rateFactor(rate.trim()), 0.4, 2.5),
    pitch: pitch === undefined ? 0 : clamp(pitchSemitones(pitch.trim()), -12, 12),
    volumeDb: volume === undefined ? 0 : clamp(volumeDecibels(volume.trim()), SILENT_DB, 12),
  };
}

/** A style inside another: factors multiply, semitones and decibels add up. */
export const combineStyles = (outer: SpeechStyle, inner: SpeechStyle): SpeechStyle => ({
  rate: clamp(outer.rate * inner.rate, 0.4, 2.5),
  pitch: clamp(outer.pitch + inner.pitch, -12, 12),
  volumeDb: clamp(outer.volumeDb + inner.volumeDb, SILENT_DB, 12),
});

function rateFactor(value: string): number {
  const named = RATES[value];
  if (named !== undefined) return named;
  const match = /^([+-]?)(\d+(?:\.\d+)?)(%?)$/.exec(value);
  const factor = match && (match[1] === '' ? Number(match[2]) / (match[3] === '%' ? 100 : 1) : 1 + Number(`${match[1]}${match[2]}`) / 100);
  if (!match || !factor || factor <= 0 || (match[1] !== '' && match[3] !== '%')) {
    throw ssmlInvalid(`<prosody rate="${value}">: use a percentage such as "90%" or "+10%", or one of ${namesOf(RATES)}.`);
  }
  return factor;
}

function pitchSemitones(value: string): number {
  const named = PITCHES[value];
  if (named !== undefined) return named;
  const match = /^([+-]\d+(?:\.\d+)?)(st|%)$/.exec(value);
  const amount = Number(match?.[1]);
  if (!match || (match[2] === '%' && amount <= -100)) {
    throw ssmlInvalid(`<prosody pitch="${value}">: use semitones such as "+2st", a percentage such as "-10%", or one of ${namesOf(PITCHES)}.`);
  }
  return match[2] === 'st' ? amount : 12 * Math.log2(1 + amount / 100);
}

function volumeDecibels(value: string): number {
  const named = VOLUMES[value];
  if (named !== undefined) return named;
  const match = /^([+-]\d+(?:\.\d+)?)dB$/i.exec(value);
  if (!match) throw ssmlInvalid(`<prosody volume="${value}">: use decibels such as "+3dB", or one of ${namesOf(VOLUMES)}.`);
  return Number(match[1]);
}

import type { SynthesizeSpeechCommandInput } from '@aws-sdk/client-polly';
import type { UnmetProsody, Utterance, WordMark } from '../../ports/speech-synthesizer.port.js';
import { renderSsml, type ProsodyAttributes } from '../../ssml/render/render-ssml.js';
import type { RenderedText } from '../../ssml/render/rendered-text.js';
import { SILENT_DB, type SpeechStyle } from '../../ssml/speech-script.js';
import { pollyVoiceOf, type PollyEngine } from './aws-polly.voices.js';

const LANGUAGE_CODES = { 'pt-BR': 'pt-BR', en: 'en-US' } as const;
/** What `<prosody>` takes: https://docs.aws.amazon.com/polly/latest/dg/prosody-tag.html */
const RATE = { low: 0.2, high: 2 };
/** Decibels; the tag goes further, but the audio would clip. */
const VOLUME = { low: -20, high: 6 };

export interface PollyRequest {
  readonly input: SynthesizeSpeechCommandInput;
  readonly rendered: RenderedText;
  readonly unmet: UnmetProsody;
}

export function toPolly(utterance: Utterance, engine: PollyEngine): PollyRequest {
  const { id, shift } = pollyVoiceOf(utterance.voice, engine);
  const rate = utterance.rate * shift.rate;
  const pitch = utterance.pitch + shift.pitch;
  const rendered = renderSsml(utterance.script, { opening: '<speak>', closing: '</speak>', prosody: (style) => pollyProsody(style, rate, pitch, engine) });
  return {
    rendered,
    // Neither neural nor generative voices know the pitch, so that of the whole is changed in the audio.
    unmet: { rate: 1, pitch: engine === 'standard' ? 0 : pitch },
    input: {
      Text: rendered.text, TextType: 'ssml', VoiceId: id, Engine: engine, LanguageCode: LANGUAGE_CODES[utterance.language], OutputFormat: 'mp3',
      SampleRate: engine === 'standard' ? '22050' : '24000',
    },
  };
}

function pollyProsody(style: SpeechStyle, orderRate: number, orderPitch: number, engine: PollyEngine): ProsodyAttributes {
  const warnings: string[] = [];
  const rate = within(style.rate * orderRate, RATE, 'speed', warnings);
  const volume = style.volumeDb <= SILENT_DB ? undefined : within(style.volumeDb, VOLUME, 'volume', warnings);
  const pitch = engine === 'standard' ? style.pitch + orderPitch : 0;
  if (engine !== 'standard' && style.pitch !== 0) warnings.push('Changes of pitch inside a text are known to the standard voices of Polly only.');
  return {
    warnings,
    attributes: {
      ...(Math.round(rate * 100) !== 100 && { rate: `${Math.round(rate * 100)}%` }),
      ...(pitch !== 0 && { pitch: `${signed((2 ** (pitch / 12) - 1) * 100)}%` }),
      ...(volume === undefined ? { volume: 'silent' } : volume !== 0 && { volume: `${signed(volume)}dB` }),
    },
  };
}

function within(value: number, { low, high }: { low: number; high: number }, what: string, warnings: string[]): number {
  const limited = Math.min(high, Math.max(low, value));
  if (Math.abs(limited - value) > 1e-9) warnings.push(`The ${what} asked for is beyond what Polly can do; it was brought to the nearest limit.`);
  return limited;
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Number(Math.abs(value).toFixed(1))}`;

interface SpeechMark {
  readonly time: number;
  readonly start: number;
}

/** A word lasts until the next one begins, but not much longer than it takes to say it: milliseconds for it and for each of its letters. */
const LONGEST = { word: 220, letter: 110 };
const TO_THE_END_MS = Number.MAX_SAFE_INTEGER;

/**
 * Times of words out of speech marks of the type `word`: one JSON object a line, `start` is a byte of the SSML that was sent.
 * https://docs.aws.amazon.com/polly/latest/dg/output.html
 */
export function marksOf({ text, places }: RenderedText, lines: string): readonly WordMark[] {
  const marks = lines.split('\n').flatMap(readMark);
  const bytes = bytePlaces(text, places);
  const starts = bytes.map(({ start, end }) => marks.find((mark) => mark.start >= start && mark.start < end)?.time);
  return starts.flatMap((startMs, word) => {
    if (startMs === undefined) return [];
    const next = starts.slice(word + 1).find((time) => time !== undefined) ?? TO_THE_END_MS;
    const place = places[word];
    const longest = startMs + LONGEST.word + LONGEST.letter * ((place?.end ?? 0) - (place?.start ?? 0));
    return [{ word, startMs, endMs: Math.max(startMs, next === TO_THE_END_MS ? next : Math.min(next, longest)) }];
  });
}

function readMark(line: string): SpeechMark[] {
  if (line.trim() === '') return [];
  const value = JSON.parse(line) as { type?: unknown; time?: unknown; start?: unknown } | null;
  return value?.type === 'word' && typeof value.time === 'number' && typeof value.start === 'number' ? [{ time: value.time, start: value.start }] : [];
}

/** Positions in UTF-16 units as positions in UTF-8 bytes. */
function bytePlaces(text: string, places: RenderedText['places']): { start: number; end: number }[] {
  let position = 0;
  let bytes = 0;
  const bytesTo = (target: number): number => {
    bytes += Buffer.byteLength(text.slice(position, target));
    position = target;
    return bytes;
  };
  return places.map(({ start, end }) => ({ start: bytesTo(start), end: bytesTo(end) }));
}

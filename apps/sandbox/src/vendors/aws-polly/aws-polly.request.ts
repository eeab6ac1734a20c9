import { MarkupError, readMarkup } from '../../speech/markup.js';
import type { SpeechSegment } from '../../speech/speech-engine.js';
import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';
import type { SpeechEncoding } from '../../speech/encode-speech.js';
import { exception } from './aws-polly.errors.js';
import { POLLY_VOICES, type Engine, type PollyVoice } from './aws-polly.voices.js';

/** A stretch of speech with where its text stands in the input: UTF-16 units, for speech marks. */
export interface PlacedSegment extends SpeechSegment {
  readonly at: number;
}

export interface PollyOrder {
  readonly text: string;
  readonly voice: PollyVoice;
  readonly engine: Engine;
  readonly output: string;
  readonly encoding: SpeechEncoding | undefined;
  readonly markTypes: readonly string[];
  readonly segments: readonly PlacedSegment[];
  /** Characters that are billed: tags are not. */
  readonly characters: number;
}

const RATES: Readonly<Record<string, readonly string[]>> = {
  mp3: ['8000', '16000', '22050', '24000', '44100', '48000'], ogg_vorbis: ['8000', '16000', '22050', '24000', '44100', '48000'], ogg_opus: ['48000'], pcm: ['8000', '16000'], mulaw: ['8000'], alaw: ['8000'], json: [],
};
const CODECS: Readonly<Record<string, SpeechEncoding['codec']>> = { mp3: 'mp3', ogg_vorbis: 'vorbis', ogg_opus: 'opus', pcm: 'pcm', mulaw: 'mulaw', alaw: 'alaw' };
const ENGINES: readonly string[] = ['standard', 'neural', 'long-form', 'generative'];
const MARKS: readonly string[] = ['sentence', 'ssml', 'viseme', 'word'];
const NEURAL_FORBIDS: readonly string[] = ['emphasis', 'amazon:auto-breaths'];
const TAGS = new Set(['speak', 'p', 's', 'break', 'prosody', 'emphasis', 'say-as', 'sub', 'phoneme', 'lang', 'mark', 'w', 'amazon:effect', 'amazon:domain', 'amazon:auto-breaths']);
export const SYNCHRONOUS = { billed: 3_000, total: 6_000 };
export const TASK = { billed: 100_000, total: 200_000 };

const invalid = (message: string): SimulatedResponse => exception(400, 'ValidationException', `1 validation error detected: ${message}`);

/** Reads a request to speak as the service does. */
export function readPollyOrder(body: unknown, limits: typeof SYNCHRONOUS): PollyOrder | SimulatedResponse {
  const { Text: text, VoiceId: id, OutputFormat: output, Engine: engineName = 'standard', TextType: type = 'text', SampleRate: rate, SpeechMarkTypes: marks = [] } = (body ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string') return invalid("Value null at 'text' failed to satisfy constraint: Member must not be null");
  if (typeof output !== 'string' || !(output in RATES)) return invalid("Value at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value set");
  const voice = POLLY_VOICES.find((known) => known.Id === id);
  if (!voice) return invalid("Value at 'voiceId' failed to satisfy constraint: Member must satisfy enum value set");
  if (!ENGINES.includes(String(engineName))) return invalid("Value at 'engine' failed to satisfy constraint: Member must satisfy enum value set");
  const engine = engineName as Engine;
  if (!voice.SupportedEngines.includes(engine)) return exception(400, 'EngineNotSupportedException', 'This voice does not support the selected engine: ' + engine);
  const encoding = encodingOf(output, rate, engine);
  if (encoding === 'refused') return exception(400, 'InvalidSampleRateException', 'The specified sample rate is not valid.');
  if (!Array.isArray(marks) || marks.some((mark) => !MARKS.includes(String(mark)))) return invalid("Value at 'speechMarkTypes' failed to satisfy constraint");
  if ((output === 'json') !== marks.length > 0) return exception(400, 'MarksNotSupportedForFormatException', 'Speech marks are not supported for the OutputFormat selected. Speech marks are only available for content in json format.');
  return sized({ text, voice, engine, output, encoding, markTypes: marks as string[] }, type === 'ssml', limits);
}

function encodingOf(output: string, rate: unknown, engine: Engine): SpeechEncoding | undefined | 'refused' {
  const codec = CODECS[output];
  if (!codec) return undefined;
  const fallback = output === 'pcm' ? '16000' : (RATES[output]?.length ?? 0) === 1 ? RATES[output]?.[0] : engine === 'standard' ? '22050' : '24000';
  const wanted = String(rate ?? fallback);
  return RATES[output]?.includes(wanted) ? { codec, sampleRate: Number(wanted) } : 'refused';
}

function sized(order: Omit<PollyOrder, 'segments' | 'characters'>, isSsml: boolean, limits: typeof SYNCHRONOUS): PollyOrder | SimulatedResponse {
  const segments = isSsml ? ssmlSegments(order.text, order.engine) : [{ text: order.text, pauseMs: 0, speed: 1, at: 0 }];
  if (!segments) return exception(400, 'InvalidSsmlException', 'Invalid SSML request');
  const characters = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > limits.billed || order.text.length > limits.total) return exception(400, 'TextLengthExceededException', 'Maximum text length has been exceeded');
  return { ...order, segments, characters };
}

/** Undefined when the markup is not what the engine takes. */
function ssmlSegments(source: string, engine: Engine): PlacedSegment[] | undefined {
  const segments: { text: string; pauseMs: number; speed: number; pitch: number; at: number }[] = [];
  const manners: { speed: number; pitch: number }[] = [];
  try {
    for (const [index, piece] of readMarkup(source).entries()) {
      const last = segments.at(-1);
      if (piece.kind === 'text') {
        if (piece.text.trim() !== '') segments.push({ text: piece.text, pauseMs: 0, ...combined(manners), at: piece.at });
      } else if (piece.kind === 'open') {
        if ((index === 0 && piece.name !== 'speak') || !isTaken(piece.name, piece.attributes, engine)) return undefined;
        if (piece.name === 'break' && last) last.pauseMs = Math.max(last.pauseMs, breakMs(piece.attributes));
        if (piece.name === 'prosody' && !piece.isEmpty) manners.push(mannerOf(piece.attributes));
      } else {
        if (piece.name === 'prosody') manners.pop();
        if (last && (piece.name === 's' || piece.name === 'p')) last.pauseMs = Math.max(last.pauseMs, piece.name === 's' ? 280 : 600);
      }
    }
  } catch (error) {
    if (error instanceof MarkupError) return undefined;
    throw error;
  }
  return segments;
}

const combined = (manners: readonly { speed: number; pitch: number }[]): { speed: number; pitch: number } => ({
  speed: manners.reduce((product, { speed }) => product * speed, 1), pitch: manners.reduce((sum, { pitch }) => sum + pitch, 0),
});

const mannerOf = ({ rate = '100%', pitch = '+0%' }: Readonly<Record<string, string>>): { speed: number; pitch: number } => ({
  speed: Number.parseFloat(rate) / 100 || 1, pitch: 12 * Math.log2(1 + Number.parseFloat(pitch) / 100) || 0,
});

function isTaken(name: string, { rate, pitch, volume, time }: Readonly<Record<string, string>>, engine: Engine): boolean {
  if (!TAGS.has(name)) return false;
  if (engine !== 'standard' && (NEURAL_FORBIDS.includes(name) || (name === 'prosody' && pitch !== undefined))) return false;
  if (name === 'break') return time === undefined || /^\d+(\.\d+)?(ms|s)$/.test(time);
  if (name !== 'prosody') return true;
  const isRate = rate === undefined || /^(x-slow|slow|medium|fast|x-fast)$/.test(rate) || (/^\d+%$/.test(rate) && Number.parseInt(rate, 10) >= 20 && Number.parseInt(rate, 10) <= 200);
  return isRate && (volume === undefined || /^(default|silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(\.\d+)?dB)$/.test(volume)) && (pitch === undefined || /^(x-low|low|medium|high|x-high|[+-]\d+(\.\d+)?%)$/.test(pitch));
}

const breakMs = ({ time = '400ms' }: Readonly<Record<string, string>>): number => Math.min(10_000, Number.parseFloat(time) * (time.endsWith('ms') ? 1 : 1_000));

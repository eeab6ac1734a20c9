import type { SimulatedRequest, SimulatedResponse } from '../../simulator/vendor-simulator.js';
import type { SpeechEncoding } from '../../speech/encode-speech.js';
import type { Account } from './elevenlabs.account.js';
import { quotaExceeded, refusal, unprocessable } from './elevenlabs.errors.js';
import type { SimulatedVoice } from './elevenlabs.voices.js';

interface Model {
  readonly limit: number;
  readonly breaks: boolean;
  readonly languages: 'told' | 'found';
  /** Credits for a character. */
  readonly cost: number;
}

export const MODELS: Readonly<Record<string, Model>> = {
  eleven_v4: { limit: 10_000, breaks: false, languages: 'told', cost: 1 },
  eleven_v4_turbo: { limit: 10_000, breaks: false, languages: 'told', cost: 0.5 },
  eleven_v3: { limit: 5_000, breaks: false, languages: 'told', cost: 1 },
  eleven_multilingual_v2: { limit: 10_000, breaks: true, languages: 'found', cost: 1 },
  eleven_flash_v2_5: { limit: 40_000, breaks: true, languages: 'told', cost: 0.5 },
};

export interface SpeechOrder {
  readonly voice: SimulatedVoice;
  readonly text: string;
  readonly model: Model;
  readonly speed: number;
  readonly language: string;
  readonly encoding: SpeechEncoding;
  readonly cost: number;
}

const RANGES = { stability: [0, 1], similarity_boost: [0, 1], style: [0, 1], speed: [0.7, 1.2] } as const;
const RATES: Readonly<Record<string, readonly string[]>> = {
  mp3: ['22050_32', '24000_48', '44100_32', '44100_64', '44100_96', '44100_128', '44100_192'],
  opus: ['48000_32', '48000_64', '48000_96', '48000_128', '48000_192'],
  pcm: ['8000', '16000', '22050', '24000', '32000', '44100', '48000'],
  wav: ['8000', '16000', '22050', '24000', '32000', '44100', '48000'],
  ulaw: ['8000'],
  alaw: ['8000'],
};
const CODECS = { mp3: 'mp3', opus: 'opus', pcm: 'pcm', wav: 'wav', ulaw: 'mulaw', alaw: 'alaw' } as const;

/** Reads a request to speak as the vendor does; what it would refuse is refused in its words. */
export function readOrder(request: SimulatedRequest, voiceId: string, account: Account): SpeechOrder | SimulatedResponse {
  const body = request.json();
  if (typeof body !== 'object' || body === null) return unprocessable(['body'], 'JSON decode error', 'json_invalid');
  const { text, model_id: modelId = 'eleven_multilingual_v2', voice_settings: settings, language_code: language } = body as Record<string, unknown>;
  if (typeof text !== 'string') return unprocessable(['body', 'text'], 'Field required', 'missing');
  const problem = settingsProblem(settings);
  if (problem) return problem;
  const encoding = readFormat(request.query.get('output_format') ?? 'mp3_44100_128', request.path.includes('/stream'));
  if (!encoding) return unprocessable(['query', 'output_format'], 'Input should be a valid output format', 'enum');
  const model = typeof modelId === 'string' ? MODELS[modelId] : undefined;
  if (!model) return refusal(400, 'model_not_found', `A model with model ID ${String(modelId)} does not exist.`);
  const voice = account.voices.get(voiceId);
  if (!voice) return refusal(404, 'voice_not_found', `A voice with voice_id ${voiceId} was not found.`);
  return priced({ voice, text, model, encoding, language, settings: settings as Record<string, unknown> | undefined, modelId: String(modelId) }, account);
}

interface Read {
  voice: SimulatedVoice;
  text: string;
  model: Model;
  encoding: SpeechEncoding;
  language: unknown;
  settings: Record<string, unknown> | undefined;
  modelId: string;
}

function priced({ voice, text, model, encoding, language, settings, modelId }: Read, account: Account): SpeechOrder | SimulatedResponse {
  if (text.trim() === '') return refusal(400, 'empty_text', 'Text must not be empty.');
  if (text.length > model.limit) return refusal(400, 'max_character_limit_exceeded', `This request's text has ${text.length} characters and exceeds the character limit of ${model.limit} characters for models of this type.`);
  if (language !== undefined && language !== null && model.languages === 'found') return refusal(400, 'unsupported_language', `Model ${modelId} does not support language_code.`);
  if (modelId === 'eleven_v3' && settings?.stability !== undefined && settings.stability !== null && ![0, 0.5, 1].includes(Number(settings.stability))) {
    return refusal(400, 'invalid_ttd_stability', 'Invalid TTD stability value. Must be one of: [0.0, 0.5, 1.0] (0.0 = Creative, 0.5 = Natural, 1.0 = Robust)');
  }
  const cost = Math.ceil(text.length * model.cost);
  if (cost > account.left) return quotaExceeded(account.left, cost);
  return { voice, text, model, encoding, cost, speed: Number(settings?.speed ?? 1), language: typeof language === 'string' ? language : (voice.labels.language ?? 'en') };
}

function settingsProblem(settings: unknown): SimulatedResponse | undefined {
  if (settings === undefined || settings === null) return undefined;
  if (typeof settings !== 'object') return unprocessable(['body', 'voice_settings'], 'Input should be a valid dictionary', 'model_attributes_type');
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = (settings as Record<string, unknown>)[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number') return unprocessable(['body', 'voice_settings', name], 'Input should be a valid number', 'float_type');
    if (value < low || value > high) return unprocessable(['body', 'voice_settings', name], `Input should be between ${low} and ${high}`, 'less_than_equal');
  }
  return undefined;
}

function readFormat(name: string, isStream: boolean): SpeechEncoding | undefined {
  const [codec = '', rate = '', bitrate] = name.split('_');
  if (!RATES[codec]?.includes(bitrate === undefined ? rate : `${rate}_${bitrate}`) || (codec === 'wav' && isStream)) return undefined;
  return { codec: CODECS[codec as keyof typeof CODECS], sampleRate: Number(rate), ...(bitrate !== undefined && { bitrate: Number(bitrate) }) };
}

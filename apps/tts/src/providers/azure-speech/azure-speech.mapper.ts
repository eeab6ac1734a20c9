import { NOTHING_UNMET, type SpokenClip, type UnmetProsody, type Utterance } from '../../ports/speech-synthesizer.port.js';
import { renderSsml, escapeXml, type ProsodyAttributes } from '../../ssml/render/render-ssml.js';
import { SILENT_DB, spokenCharacters, type SpeechStyle } from '../../ssml/speech-script.js';
import { azureVoiceOf } from './azure-speech.voices.js';

export const NEURAL = 'neural';
export const HD = 'hd';
/** Hertz of `raw-24khz-16bit-mono-pcm`, which spares a decoder. */
export const AZURE_RATE = 24_000;
const XML_LANGUAGES = { 'pt-BR': 'pt-BR', en: 'en-US' } as const;
/** What `<prosody>` takes: half to double speed, and 50 % of the pitch either way. */
const RATE = { low: 0.5, high: 2 };
const PITCH = { low: -12, high: 7 };
const FULL_VOLUME = 100;

export interface AzureRequest {
  readonly ssml: string;
  readonly model: string;
  readonly unmet: UnmetProsody;
  readonly warnings: readonly string[];
}

/**
 * Azure's SSML. HD voices ignore prosody, so speed and pitch are left to be done to the audio.
 * https://learn.microsoft.com/azure/ai-services/speech-service/speech-synthesis-markup-voice
 */
export function toAzure(utterance: Utterance): AzureRequest {
  const voice = azureVoiceOf(utterance.voice);
  const hd = utterance.model === HD ? voice.hd : undefined;
  const language = XML_LANGUAGES[utterance.language];
  const rendered = renderSsml(utterance.script, {
    opening: `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="https://www.w3.org/2001/mstts" xml:lang="${language}"><voice name="${escapeXml(hd ?? voice.name)}">`,
    closing: '</voice></speak>',
    prosody: (style) => (hd === undefined ? azureProsody(style, utterance) : hdProsody(style)),
  });
  return {
    ssml: rendered.text,
    model: hd === undefined ? NEURAL : HD,
    unmet: hd === undefined ? NOTHING_UNMET : { rate: utterance.rate, pitch: utterance.pitch },
    warnings: [...rendered.warnings, ...(utterance.model === HD && hd === undefined ? ['This voice has no HD model; its neural model speaks.'] : [])],
  };
}

const hdProsody = ({ rate, pitch, volumeDb }: SpeechStyle): ProsodyAttributes => ({
  attributes: {}, warnings: rate === 1 && pitch === 0 && volumeDb === 0 ? [] : ['Changes of speed, pitch and volume inside a text are not known to HD voices; the words are spoken plainly.'],
});

function azureProsody(style: SpeechStyle, order: { readonly rate: number; readonly pitch: number }): ProsodyAttributes {
  const warnings: string[] = [];
  const rate = within(style.rate * order.rate, RATE, 'speed', warnings);
  const pitch = within(style.pitch + order.pitch, PITCH, 'pitch', warnings);
  const volume = volumeOf(style.volumeDb, warnings);
  return {
    warnings,
    attributes: {
      ...(rate !== 1 && { rate: `${signed((rate - 1) * 100)}%` }), ...(pitch !== 0 && { pitch: `${signed(pitch)}st` }), ...(volume !== FULL_VOLUME && { volume: String(volume) }),
    },
  };
}

/** Azure's volume goes from 0 to 100, which is where speech is by itself: louder is not to be had. */
function volumeOf(decibels: number, warnings: string[]): number {
  if (decibels <= SILENT_DB) return 0;
  if (decibels > 0) warnings.push('Azure Speech cannot make words louder than the others.');
  return Math.min(FULL_VOLUME, Math.round(FULL_VOLUME * 10 ** (decibels / 20)));
}

function within(value: number, { low, high }: { low: number; high: number }, what: string, warnings: string[]): number {
  const limited = Math.min(high, Math.max(low, value));
  if (Math.abs(limited - value) > 1e-9) warnings.push(`The ${what} asked for is beyond what Azure Speech can do; it was brought to the nearest limit.`);
  return limited;
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Number(Math.abs(value).toFixed(2))}`;

export const azureClip = ({ ssml, model, unmet, warnings }: AzureRequest, bytes: Buffer): SpokenClip => ({
  kind: 'clip', bytes, encoding: { kind: 'pcm', sampleRate: AZURE_RATE }, unmet, warnings, model, usage: azureUsage(ssml),
});

/** What is inside `<voice>` is billed, markup and all. */
export const azureUsage = (ssml: string): { characters: number } => ({ characters: ssml.length - ssml.indexOf('<p>') - '</voice></speak>'.length });

/** Markup of each sentence and pause, and of a change of manner for every tenth word. */
export const azureEstimate = ({ script }: Pick<Utterance, 'script'>): { characters: number } => ({
  characters: spokenCharacters(script) + script.sentences.reduce((sum, { items }) => sum + SENTENCE_MARKUP + items.length * ITEM_MARKUP, 0),
});
const SENTENCE_MARKUP = 40;
const ITEM_MARKUP = 12;

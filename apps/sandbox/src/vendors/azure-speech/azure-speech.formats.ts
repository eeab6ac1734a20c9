import type { SpeechEncoding } from '../../speech/encode-speech.js';

export interface AzureFormat {
  readonly encoding: SpeechEncoding;
  readonly contentType: string;
}

const kilohertz = (text: string): number => (text === '22050hz' ? 22_050 : text === '44100hz' ? 44_100 : Number.parseInt(text, 10) * 1_000);

/** All names of the documented list that can be made here; AMR and TrueSilk cannot. */
const NAMES = new Set([
  'audio-16khz-16bit-32kbps-mono-opus', 'audio-16khz-32kbitrate-mono-mp3', 'audio-16khz-64kbitrate-mono-mp3', 'audio-16khz-128kbitrate-mono-mp3', 'audio-24khz-16bit-24kbps-mono-opus',
  'audio-24khz-16bit-48kbps-mono-opus', 'audio-24khz-48kbitrate-mono-mp3', 'audio-24khz-96kbitrate-mono-mp3', 'audio-24khz-160kbitrate-mono-mp3', 'audio-48khz-96kbitrate-mono-mp3',
  'audio-48khz-192kbitrate-mono-mp3', 'ogg-16khz-16bit-mono-opus', 'ogg-24khz-16bit-mono-opus', 'ogg-48khz-16bit-mono-opus', 'raw-8khz-8bit-mono-alaw', 'raw-8khz-8bit-mono-mulaw', 'raw-8khz-16bit-mono-pcm',
  'raw-16khz-16bit-mono-pcm', 'raw-22050hz-16bit-mono-pcm', 'raw-24khz-16bit-mono-pcm', 'raw-44100hz-16bit-mono-pcm', 'raw-48khz-16bit-mono-pcm', 'webm-16khz-16bit-mono-opus', 'webm-24khz-16bit-24kbps-mono-opus',
  'webm-24khz-16bit-mono-opus', 'riff-8khz-8bit-mono-alaw', 'riff-8khz-8bit-mono-mulaw', 'riff-8khz-16bit-mono-pcm', 'riff-16khz-16bit-mono-pcm', 'riff-22050hz-16bit-mono-pcm', 'riff-24khz-16bit-mono-pcm',
  'riff-44100hz-16bit-mono-pcm', 'riff-48khz-16bit-mono-pcm',
]);

export function azureFormat(name: string): AzureFormat | undefined {
  if (!NAMES.has(name)) return undefined;
  const [container = '', rate = '', ...rest] = name.split('-');
  const sampleRate = kilohertz(rate);
  const kind = rest.at(-1) ?? '';
  if (kind === 'mp3') return { encoding: { codec: 'mp3', sampleRate, bitrate: Number.parseInt(rest[0] ?? '', 10) }, contentType: 'audio/mpeg' };
  if (kind === 'opus') return container === 'webm' ? { encoding: { codec: 'webm', sampleRate }, contentType: 'audio/webm' } : { encoding: { codec: 'opus', sampleRate }, contentType: 'audio/ogg' };
  if (kind === 'pcm') return container === 'riff' ? { encoding: { codec: 'wav', sampleRate }, contentType: 'audio/x-wav' } : { encoding: { codec: 'pcm', sampleRate }, contentType: 'audio/basic' };
  const law = kind === 'mulaw' ? 'mulaw' : 'alaw';
  return container === 'riff' ? { encoding: { codec: `wav-${law}`, sampleRate }, contentType: 'audio/x-wav' } : { encoding: { codec: law, sampleRate }, contentType: 'audio/basic' };
}

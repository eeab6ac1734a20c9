import { encodeSpeech } from '../../speech/encode-speech.js';
import { speak } from '../../speech/speech-engine.js';
import { speechMarks } from './aws-polly.marks.js';
import type { PollyOrder } from './aws-polly.request.js';
import { POLLY_VOICES } from './aws-polly.voices.js';

const TYPES: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', ogg_vorbis: 'audio/ogg', ogg_opus: 'audio/ogg', pcm: 'audio/pcm', mulaw: 'audio/mulaw', alaw: 'audio/alaw', json: 'application/x-json-stream' };

export const contentTypeOf = (output: string): string => TYPES[output] ?? 'application/octet-stream';

/** Audio, or speech marks, of an order. */
export async function render(order: PollyOrder, signal: AbortSignal): Promise<Buffer> {
  const { voice, segments, encoding } = order;
  const speaker = { language: voice.LanguageCode === 'pt-BR' ? 'pt' : 'en', gender: voice.Gender === 'Male' ? 'male' : 'female', variant: POLLY_VOICES.indexOf(voice) } as const;
  const spoken = await speak(segments, speaker, signal);
  return encoding ? encodeSpeech(spoken.samples, encoding, signal) : Buffer.from(speechMarks(order, spoken));
}

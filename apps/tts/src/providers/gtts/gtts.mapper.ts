import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { Language } from '@tecnocursos/contracts';

/** Name of the remote procedure that speaks; gTTS 2.5.4, gtts/tts.py. */
const PROCEDURE = 'jQ1olc';
/** Characters of one request. */
export const GTTS_LIMIT = 100;
/** `pt` is Brazilian; `pt-PT` would be Portugal's. */
const LANGUAGES: Readonly<Record<Language, string>> = { 'pt-BR': 'pt', en: 'en' };

/** Body of a `batchexecute` request. The third value would be `true` for slow speech. */
export function gttsForm(text: string, language: Language): string {
  const parameters = JSON.stringify([text, LANGUAGES[language], null, 'null']);
  return `f.req=${encodeURIComponent(JSON.stringify([[[PROCEDURE, parameters, null, 'generic']]]))}&`;
}

/**
 * MP3 out of an answer: lines of JSON between counts, one of which is `["wrb.fr","jQ1olc","[\"<base64>\"]",…]`.
 * @throws ProviderFailure `malformed` when no line has audio.
 */
export function gttsAudio(answer: string): Buffer {
  for (const line of answer.split('\n')) {
    if (!line.includes(PROCEDURE)) continue;
    const base64 = /jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]/.exec(line)?.[1];
    if (base64 !== undefined) return Buffer.from(base64, 'base64');
  }
  throw new ProviderFailure('malformed', 'Google Translate sent no audio.');
}

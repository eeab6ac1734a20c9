import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ScriptDivision, SpeakContext, SpeechOrder, SpeechSynthesizer, SpokenClip, Utterance } from '../../ports/speech-synthesizer.port.js';
import { renderPlain } from '../../ssml/render/render-plain.js';
import { spokenCharacters } from '../../ssml/speech-script.js';
import { guarded, unknownFailure } from '../../wire/transport-failure.js';
import { gttsRefusal } from './gtts.errors.js';
import { gttsAudio, gttsForm, GTTS_LIMIT } from './gtts.mapper.js';

const PATH = '/_/TranslateWebserverUi/data/batchexecute';
const MODEL = 'translate';
/** Room for a full stop that is added at the end of a sentence. */
const PART_CHARACTERS = GTTS_LIMIT - 2;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** The voice of Google Translate's web page, as gTTS speaks to it. Unofficial: no key, no promise, one voice a language. */
export class GoogleTranslateSpeech implements SpeechSynthesizer {
  readonly models = { economy: MODEL, standard: MODEL, premium: MODEL };

  constructor(private readonly options: { readonly baseUrl: string; readonly fetch: typeof globalThis.fetch; readonly now: () => number }) {}

  division(): ScriptDivision {
    return { maxCharacters: PART_CHARACTERS, maxPauseMs: 0 };
  }

  estimate({ script }: SpeechOrder): Usage {
    return { characters: spokenCharacters(script) + script.sentences.length };
  }

  async speak(utterance: Utterance, { signal }: SpeakContext): Promise<SpokenClip> {
    const { voice: chosen } = utterance;
    if (chosen.kind === 'cloned') throw new ProviderFailure('unsupported', 'Google Translate has no cloned voices.', { field: 'voice' });
    const { text, warnings } = renderPlain(utterance.script, { vendor: 'Google Translate' });
    return guarded(async () => {
      const bytes = gttsAudio(await this.post(gttsForm(text, utterance.language), signal));
      const voice = `Google Translate has one voice a language; it speaks in place of "${chosen.voice.id}".`;
      return {
        kind: 'clip', bytes, encoding: { kind: 'file' }, unmet: { rate: utterance.rate, pitch: utterance.pitch }, warnings: [voice, ...warnings], usage: { characters: [...text].length },
      };
    }, signal, unknownFailure);
  }

  private async post(body: string, signal: AbortSignal): Promise<string> {
    const { baseUrl, fetch, now } = this.options;
    const response = await fetch(`${baseUrl}${PATH}`, {
      method: 'POST', body, signal,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8', referer: 'http://translate.google.com/', 'user-agent': BROWSER },
    });
    const answer = await response.text();
    if (response.status === 200) return answer;
    throw gttsRefusal(response, now());
  }
}

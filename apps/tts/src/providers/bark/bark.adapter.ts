import type { Usage } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ScriptDivision, SpeakContext, SpeechOrder, SpeechSynthesizer, SpokenClip, Utterance } from '../../ports/speech-synthesizer.port.js';
import { renderPlain } from '../../ssml/render/render-plain.js';
import { spokenCharacters } from '../../ssml/speech-script.js';
import { guarded, unknownFailure } from '../../wire/transport-failure.js';
import { barkRefusal } from './bark.errors.js';
import { barkPresetOf } from './bark.voices.js';
import { parsed, ReplicateClient, type HttpOptions } from './replicate.client.js';

export interface BarkOptions extends HttpOptions {
  /** `replicate`: predictions of Replicate; `endpoint`: `POST /generate` of a server of one's own. */
  readonly protocol: 'replicate' | 'endpoint';
  /** Version of the model at Replicate. */
  readonly version: string;
}

/** What Bark says in the 13 seconds that it can speak at once. */
const PART_CHARACTERS = 150;
/** Milliseconds that the model runs for a second of speech, at the most; a character is about 70 ms of speech. */
const RUN_PER_CHARACTER_MS = 150;

/** Suno's Bark, at Replicate or on a machine of one's own. */
export class BarkSpeech implements SpeechSynthesizer {
  readonly models: SpeechSynthesizer['models'];
  private readonly replicate: ReplicateClient;

  constructor(private readonly options: BarkOptions) {
    const model = options.protocol === 'replicate' ? 'suno-ai/bark' : 'bark';
    this.models = { economy: model, standard: model, premium: model };
    this.replicate = new ReplicateClient(options);
  }

  division(): ScriptDivision {
    return { maxCharacters: PART_CHARACTERS, maxPauseMs: 0 };
  }

  estimate({ script }: SpeechOrder): Usage {
    const characters = spokenCharacters(script);
    return this.options.protocol === 'replicate' ? { milliseconds: characters * RUN_PER_CHARACTER_MS } : { characters };
  }

  async speak(utterance: Utterance, { signal }: SpeakContext): Promise<SpokenClip> {
    const preset = barkPresetOf(utterance.voice);
    const { text, warnings } = renderPlain(utterance.script, { vendor: 'Bark', clean: (spoken) => spoken.replaceAll(/[[\]♪]/g, '') });
    return guarded(async () => {
      const { bytes, usage } = this.options.protocol === 'replicate' ? await this.predict(text, preset, signal) : await this.generate(text, preset, signal);
      return { kind: 'clip', bytes, encoding: { kind: 'file' }, unmet: { rate: utterance.rate, pitch: utterance.pitch }, warnings, usage };
    }, signal, unknownFailure);
  }

  private async predict(text: string, preset: string, signal: AbortSignal): Promise<{ bytes: Buffer; usage: Usage }> {
    const { url, milliseconds } = await this.replicate.run(this.options.version, { prompt: text, history_prompt: preset.replace(/^v2\//, '') }, signal);
    return { bytes: await this.replicate.download(url, signal), usage: { milliseconds } };
  }

  /** `{text, voice_preset}` → WAV. */
  private async generate(text: string, preset: string, signal: AbortSignal): Promise<{ bytes: Buffer; usage: Usage }> {
    const { baseUrl, fetch, token, now } = this.options;
    const response = await fetch(`${baseUrl}/generate`, {
      method: 'POST', signal, body: JSON.stringify({ text, voice_preset: preset }), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'audio/wav' },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) throw barkRefusal(response, parsed(bytes.toString('utf8')), now());
    if (bytes.length === 0) throw new ProviderFailure('malformed', 'Bark sent no audio.');
    return { bytes, usage: { characters: [...text].length } };
  }
}

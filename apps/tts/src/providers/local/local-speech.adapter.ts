import { join } from 'node:path';
import type { Usage } from '@tecnocursos/contracts';
import { encodeToBytes } from '../../audio/encode.js';
import { WavWriter } from '../../audio/wav.js';
import type { ScriptDivision, SpeakContext, SpeechOrder, SpeechStreamPart, SpeechSynthesizer, SpokenRecording, Utterance } from '../../ports/speech-synthesizer.port.js';
import { spokenCharacters } from '../../ssml/speech-script.js';
import type { SpeakWithEspeak } from './espeak-program.js';
import { espeakText, MARKING, NO_MARKING } from './espeak-text.js';
import { localVoiceOf, type LocalVoice } from './local-voices.js';
import { planPhrases, type Phrase } from './phrase-plan.js';
import { Recording, type SpokenPhrase } from '../../narration/recording.js';
import type { Span } from '../../narration/span.js';
import { estimateWords } from '../../narration/word-estimate.js';
import { alignWords, soundingSpan } from './word-alignment.js';

const ENGINE = 'espeak-ng';
/** espeak-ng's own, for all the voices used here; audio of another rate would be played at a wrong pitch. */
const SAMPLE_RATE = 22_050;
/** Characters spoken per process: about 100 seconds, 4.4 MB of audio. */
const BATCH_CHARACTERS = 1_500;
/** Kept around a phrase, where there is silence, for soft first and last sounds. */
const LEAD_SAMPLES = Math.round(SAMPLE_RATE * 0.03);
const TAIL_SAMPLES = Math.round(SAMPLE_RATE * 0.08);

interface SpokenBatch {
  readonly samples: Int16Array;
  readonly phrases: readonly SpokenPhrase[];
  readonly timing: SpokenRecording['timing'];
}

/**
 * Speaks with espeak-ng. A batch of phrases is spoken twice at the same time, once plainly and once with the words' loudness
 * marked; comparing both gives the place of every word.
 */
export class LocalSpeechSynthesizer implements SpeechSynthesizer {
  readonly models = { economy: ENGINE, standard: ENGINE, premium: ENGINE };

  constructor(private readonly speakWithEngine: SpeakWithEspeak) {}

  division(): ScriptDivision {
    return { maxCharacters: Infinity, maxPauseMs: Infinity };
  }

  estimate(order: SpeechOrder): Usage {
    return { characters: spokenCharacters(order.script) };
  }

  async speak(utterance: Utterance, { folder, signal }: SpeakContext): Promise<SpokenRecording> {
    const voice = localVoiceOf(utterance.voice);
    const plan = planPhrases(utterance, voice);
    const wavPath = join(folder, 'speech.wav');
    const writer = await WavWriter.create(wavPath, SAMPLE_RATE);
    const recording = new Recording(writer, SAMPLE_RATE);
    let timing: SpokenRecording['timing'] = 'measured';
    try {
      for (const batch of batchesOf(plan.phrases)) {
        for await (const spoken of this.speakBatch(batch, voice, signal)) {
          if (spoken.timing === 'estimated') timing = 'estimated';
          await recording.add(spoken.samples, spoken.phrases);
        }
      }
      await recording.finish();
    } finally {
      await writer.close();
    }
    const usage = { characters: spokenCharacters(utterance.script) };
    return { kind: 'recording', wavPath, sampleRate: SAMPLE_RATE, durationMs: recording.durationMs, words: recording.words, timing, warnings: plan.warnings, usage };
  }

  async *stream(utterance: Utterance, context: SpeakContext): AsyncGenerator<SpeechStreamPart> {
    const { wavPath, usage, warnings } = await this.speak(utterance, context);
    yield { type: 'audio', bytes: await encodeToBytes(wavPath, context.signal) };
    yield { type: 'end', usage, warnings };
  }

  /** When the words of a batch cannot be told apart, its halves are tried, down to single phrases, whose words are estimated. */
  private async *speakBatch(phrases: readonly Phrase[], voice: LocalVoice, signal: AbortSignal): AsyncGenerator<SpokenBatch> {
    const words = phrases.flatMap((phrase) => phrase.words);
    if (words.length === 0) {
      yield { samples: new Int16Array(0), phrases: phrases.map((phrase) => ({ ...phrase, spans: [], stretch: { start: 0, end: 0 } })), timing: 'measured' };
      return;
    }
    const [plain, marked] = await Promise.all([this.run(words, NO_MARKING, voice, signal), this.run(words, MARKING, voice, signal)]);
    const spans = alignWords(plain, marked, words.length);
    if (spans) {
      yield { samples: plain, phrases: cut(phrases, spans, plain.length), timing: 'measured' };
    } else if (phrases.length > 1) {
      const middle = Math.ceil(phrases.length / 2);
      yield* this.speakBatch(phrases.slice(0, middle), voice, signal);
      yield* this.speakBatch(phrases.slice(middle), voice, signal);
    } else {
      const estimated = estimateWords(words, soundingSpan(plain) ?? { start: 0, end: 0 });
      yield { samples: plain, phrases: cut(phrases, estimated, plain.length), timing: 'estimated' };
    }
  }

  private async run(words: readonly Phrase['words'][number][], amplitudes: readonly number[], voice: LocalVoice, signal: AbortSignal): Promise<Int16Array> {
    const [first] = words;
    const settings = { voice: voice.name, wordsPerMinute: first?.wordsPerMinute ?? 0, pitch: first?.pitch ?? 0, signal };
    const { samples } = await this.speakWithEngine(espeakText(words, amplitudes), settings);
    return samples;
  }
}

function batchesOf(phrases: readonly Phrase[]): Phrase[][] {
  const batches: Phrase[][] = [];
  let characters = Infinity;
  for (const phrase of phrases) {
    const length = phrase.words.reduce((sum, word) => sum + word.spoken.length + 1, 0);
    if (characters + length > BATCH_CHARACTERS) {
      batches.push([]);
      characters = 0;
    }
    batches.at(-1)?.push(phrase);
    characters += length;
  }
  return batches;
}

/** The stretch of each phrase: its words, with some of the silence around them but nothing of a neighbour. */
function cut(phrases: readonly Phrase[], spans: readonly Span[], length: number): SpokenPhrase[] {
  let index = 0;
  let previousEnd = 0;
  return phrases.map((phrase) => {
    const own = spans.slice(index, index + phrase.words.length);
    index += phrase.words.length;
    const start = own[0]?.start ?? previousEnd;
    const end = own.at(-1)?.end ?? start;
    const nextStart = spans[index]?.start ?? length;
    const stretch = { start: Math.max(start - LEAD_SAMPLES, Math.ceil((previousEnd + start) / 2), 0), end: Math.min(end + TAIL_SAMPLES, Math.floor((end + nextStart) / 2)) };
    previousEnd = end;
    return { ...phrase, spans: own, stretch };
  });
}

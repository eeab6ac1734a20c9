import { servedLocally } from '@tecnocursos/contracts';
import { WavWriter } from '../../audio/wav.js';
import type { SpeechRequest, SpeechSynthesizer, SynthesizedSpeech } from '../../ports/speech-synthesizer.port.js';
import type { SpeakWithEspeak } from './espeak-program.js';
import { espeakText, MARKING, NO_MARKING } from './espeak-text.js';
import { localVoiceOf } from './local-voices.js';
import { planPhrases, type Phrase } from './phrase-plan.js';
import { Recording, type SpokenPhrase } from './recording.js';
import { alignWords, soundingSpan, type Span } from './word-alignment.js';
import { estimateWords } from './word-estimate.js';

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
  readonly timing: SynthesizedSpeech['timing'];
}

/**
 * Speaks with espeak-ng. A batch of phrases is spoken twice at the same time, once plainly and once with the words' loudness
 * marked; comparing both gives the place of every word.
 */
export class LocalSpeechSynthesizer implements SpeechSynthesizer {
  readonly id = 'local';

  constructor(private readonly speak: SpeakWithEspeak) {}

  async synthesize(request: SpeechRequest): Promise<SynthesizedSpeech> {
    const plan = planPhrases(request, localVoiceOf(request.voice));
    const writer = await WavWriter.create(request.wavPath, SAMPLE_RATE);
    const recording = new Recording(writer, SAMPLE_RATE);
    let timing: SynthesizedSpeech['timing'] = 'measured';
    try {
      for (const batch of batchesOf(plan.phrases)) {
        for await (const spoken of this.speakBatch(batch, request)) {
          if (spoken.timing === 'estimated') timing = 'estimated';
          await recording.add(spoken.samples, spoken.phrases);
        }
      }
      await recording.finish();
    } finally {
      await writer.close();
    }
    return { sampleRate: SAMPLE_RATE, durationMs: recording.durationMs, words: recording.words, timing, warnings: plan.warnings, servedBy: servedLocally(this.id) };
  }

  /** When the words of a batch cannot be told apart, its halves are tried, down to single phrases, whose words are estimated. */
  private async *speakBatch(phrases: readonly Phrase[], request: SpeechRequest): AsyncGenerator<SpokenBatch> {
    const words = phrases.flatMap((phrase) => phrase.words);
    if (words.length === 0) {
      yield { samples: new Int16Array(0), phrases: phrases.map((phrase) => ({ ...phrase, spans: [], stretch: { start: 0, end: 0 } })), timing: 'measured' };
      return;
    }
    const [plain, marked] = await Promise.all([this.run(words, NO_MARKING, request), this.run(words, MARKING, request)]);
    const spans = alignWords(plain, marked, words.length);
    if (spans) {
      yield { samples: plain, phrases: cut(phrases, spans, plain.length), timing: 'measured' };
    } else if (phrases.length > 1) {
      const middle = Math.ceil(phrases.length / 2);
      yield* this.speakBatch(phrases.slice(0, middle), request);
      yield* this.speakBatch(phrases.slice(middle), request);
    } else {
      const estimated = estimateWords(words, soundingSpan(plain) ?? { start: 0, end: 0 });
      yield { samples: plain, phrases: cut(phrases, estimated, plain.length), timing: 'estimated' };
    }
  }

  private async run(words: readonly Phrase['words'][number][], amplitudes: readonly number[], { voice, signal }: SpeechRequest): Promise<Int16Array> {
    const [first] = words;
    const settings = { voice: localVoiceOf(voice).name, wordsPerMinute: first?.wordsPerMinute ?? 0, pitch: first?.pitch ?? 0, signal };
    const { samples } = await this.speak(espeakText(words, amplitudes), settings);
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

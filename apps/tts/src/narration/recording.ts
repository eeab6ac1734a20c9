import type { WordTiming } from '@tecnocursos/contracts';
import { loudnessGain, softLimit } from '../audio/loudness.js';
import type { WavWriter } from '../audio/wav.js';
import type { Span } from './span.js';

export interface RecordedWord {
  readonly written: string;
  readonly sentence: number;
  /** Linear factor. */
  readonly gain: number;
}

/** A phrase with the stretch of the engine's audio it was spoken in, and its words' places in that audio. */
export interface SpokenPhrase {
  readonly words: readonly RecordedWord[];
  readonly spans: readonly Span[];
  readonly stretch: Span;
  readonly pauseMs: number;
}

const FADE_MS = 5;
/** So that the first sound does not fall together with a cut of the picture. */
const FIRST_PAUSE_MS = 100;

/** Joins spoken phrases with exact pauses into one WAV file, evens out the loudness and keeps the words' times. */
export class Recording {
  readonly words: WordTiming[] = [];
  /** Set by the first audio and kept, so that the voice does not become louder or softer on the way. */
  private gain: number | undefined;
  /** Silence that the file still owes before the next word. */
  private owedSamples: number;

  constructor(
    private readonly writer: WavWriter,
    private readonly sampleRate: number,
  ) {
    this.owedSamples = Math.round((FIRST_PAUSE_MS * sampleRate) / 1_000);
  }

  get durationMs(): number {
    return Math.floor((this.writer.sampleCount * 1_000) / this.sampleRate);
  }

  async add(samples: Int16Array, phrases: readonly SpokenPhrase[]): Promise<void> {
    this.gain ??= loudnessGain(samples, this.sampleRate);
    for (const phrase of phrases) {
      const { stretch, spans } = phrase;
      const first = spans[0]?.start ?? stretch.end;
      await this.payPause(first - stretch.start);
      const offset = this.writer.sampleCount - stretch.start;
      phrase.words.forEach((word, index) => this.addWord(word, spans[index] ?? stretch, offset));
      await this.writer.append(this.shape(samples, phrase, this.gain));
      this.owedSamples = Math.round((phrase.pauseMs * this.sampleRate) / 1_000) - (stretch.end - (spans.at(-1)?.end ?? stretch.start));
    }
  }

  /** Silence before what comes next. */
  pause(milliseconds: number): void {
    this.owedSamples += Math.round((milliseconds * this.sampleRate) / 1_000);
  }

  /** Writes the pause after the last phrase. */
  async finish(): Promise<void> {
    await this.payPause(0);
  }

  /** `lead` samples of the pause are in the next phrase already. */
  private async payPause(lead: number): Promise<void> {
    const length = this.owedSamples - lead;
    this.owedSamples = 0;
    if (length > 0) await this.writer.append(new Int16Array(length));
  }

  private addWord({ written, sentence }: RecordedWord, { start, end }: Span, offset: number): void {
    const previous = this.words.at(-1);
    const earliest = previous?.end_ms ?? 0;
    const startMs = Math.max(earliest, Math.floor(this.toMs(start + offset)));
    if (written === '' && previous) previous.end_ms = Math.max(startMs, Math.floor(this.toMs(end + offset))); // the rest of a word that was cut
    else this.words.push({ text: written, start_ms: startMs, end_ms: Math.max(startMs, Math.floor(this.toMs(end + offset))), sentence });
  }

  private toMs(samples: number): number {
    return (samples * 1_000) / this.sampleRate;
  }

  private shape(samples: Int16Array, phrase: SpokenPhrase, gain: number): Int16Array {
    const { start, end } = phrase.stretch;
    const fade = Math.round((FADE_MS * this.sampleRate) / 1_000);
    const levels = levelsOf(phrase, fade);
    const shaped = new Int16Array(end - start);
    for (let index = 0; index < shaped.length; index += 1) {
      shaped[index] = softLimit((samples[start + index] ?? 0) * gain * (levels?.[index] ?? 1));
    }
    for (let index = 0; index < Math.min(fade, shaped.length); index += 1) {
      const last = shaped.length - 1 - index;
      shaped[index] = Math.round(((shaped[index] ?? 0) * index) / fade);
      shaped[last] = Math.round(((shaped[last] ?? 0) * index) / fade);
    }
    return shaped;
  }
}

/** A factor per sample where words of a phrase are louder or softer, gliding from one to the next; undefined when none is. */
function levelsOf({ words, spans, stretch }: SpokenPhrase, glide: number): Float32Array | undefined {
  if (words.every((word) => word.gain === 1)) return undefined;
  const levels = new Float32Array(stretch.end - stretch.start);
  let word = 0;
  let level = words[0]?.gain ?? 1;
  for (let index = 0; index < levels.length; index += 1) {
    while (index + stretch.start >= (spans[word + 1]?.start ?? Infinity)) word += 1;
    level += ((words[word]?.gain ?? 1) - level) * (4 / glide);
    levels[index] = level;
  }
  return levels;
}

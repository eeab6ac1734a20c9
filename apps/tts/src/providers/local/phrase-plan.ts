import type { SpeechOrder } from '../../ports/speech-synthesizer.port.js';
import { punctuated } from '../../ssml/punctuation.js';
import { SILENT_DB, type SpeechSentence, type SpeechWord } from '../../ssml/speech-script.js';
import type { LocalVoice } from './local-voices.js';

/** One written word as espeak-ng is to say it. */
export interface PlannedWord {
  readonly written: string;
  readonly spoken: string;
  readonly sentence: number;
  readonly wordsPerMinute: number;
  /** 0 to 99. */
  readonly pitch: number;
  /** Linear factor. */
  readonly gain: number;
}

/** Words that are said in one breath (none before the first pause of all), and the pause after them. Audio is cut between phrases only. */
export interface Phrase {
  readonly words: readonly PlannedWord[];
  readonly pauseMs: number;
}

interface OpenPhrase {
  words: PlannedWord[];
  pauseMs: number;
}

/** The limits of espeak-ng. */
const SPEED = { low: 80, high: 450 };
const PITCH = { low: 0, high: 99 };
const STEPS_PER_SEMITONE = 50 / 12;
const SENTENCE_PAUSE_MS = 330;
const PARAGRAPH_PAUSE_MS = 600;
const FINAL_PAUSE_MS = 350;
/** A longer run of words without any sentence end is cut in parts, so that the work per process stays bounded. */
const MAX_PHRASE_WORDS = 120;

export interface PhrasePlan {
  readonly phrases: readonly Phrase[];
  readonly warnings: readonly string[];
}

export function planPhrases(request: Pick<SpeechOrder, 'script' | 'rate' | 'pitch'>, voice: LocalVoice): PhrasePlan {
  const planner = new PhrasePlanner(request, voice);
  request.script.sentences.forEach((sentence, index) => planner.sentence(sentence, index));
  return planner.plan();
}

class PhrasePlanner {
  private readonly phrases: OpenPhrase[] = [];
  private readonly warnings = new Set<string>();

  constructor(
    private readonly request: Pick<SpeechOrder, 'rate' | 'pitch'>,
    private readonly voice: LocalVoice,
  ) {}

  sentence(sentence: SpeechSentence, index: number): void {
    const lastWord = sentence.items.findLast((item) => item.kind === 'word');
    sentence.items.forEach((item, position) => {
      if (item.kind === 'pause') return this.pauseOf(item.milliseconds);
      const ending = item === lastWord ? '.' : sentence.items[position + 1]?.kind === 'pause' ? ',' : '';
      this.openPhrase().words.push(this.word(item, index, ending));
    });
    const pauseMs = (sentence.endsParagraph ? PARAGRAPH_PAUSE_MS : SENTENCE_PAUSE_MS) / this.request.rate;
    const last = this.phrases.at(-1);
    if (last) last.pauseMs = Math.max(last.pauseMs, Math.round(pauseMs));
  }

  plan(): PhrasePlan {
    const phrases = this.phrases.map((phrase, index) => (index === this.phrases.length - 1 ? { ...phrase, pauseMs: finalPause(phrase.pauseMs) } : phrase));
    return { phrases, warnings: [...this.warnings] };
  }

  private openPhrase(): OpenPhrase {
    const last = this.phrases.at(-1);
    if (last && last.pauseMs === 0 && last.words.length < MAX_PHRASE_WORDS) return last;
    const next: OpenPhrase = { words: [], pauseMs: 0 };
    this.phrases.push(next);
    return next;
  }

  private pauseOf(milliseconds: number): void {
    const last = this.phrases.at(-1);
    if (last) last.pauseMs += milliseconds;
    else this.phrases.push({ words: [], pauseMs: milliseconds });
  }

  private word({ written, spoken, style }: SpeechWord, sentence: number, ending: string): PlannedWord {
    const { voice, request } = this;
    return {
      written,
      spoken: punctuated(spoken, ending),
      sentence,
      wordsPerMinute: this.within(voice.wordsPerMinute * request.rate * style.rate, SPEED, 'speed'),
      pitch: this.within(voice.pitch + (request.pitch + style.pitch) * STEPS_PER_SEMITONE, PITCH, 'pitch'),
      gain: style.volumeDb <= SILENT_DB ? 0 : 10 ** (style.volumeDb / 20),
    };
  }

  private within(value: number, { low, high }: { low: number; high: number }, what: string): number {
    const limited = Math.round(Math.min(high, Math.max(low, value)));
    // One per cent is the rounding of the engine's own steps.
    if (Math.abs(limited - value) > Math.max(1, value * 0.01)) this.warnings.add(`The ${what} asked for is beyond what this voice can do; it was brought to the nearest limit.`);
    return limited;
  }
}

/** The pause of a sentence's or paragraph's end is for what comes after; the audio's end has its own, unless the author asked for more. */
const finalPause = (pauseMs: number): number => (pauseMs > PARAGRAPH_PAUSE_MS * 2 ? pauseMs : FINAL_PAUSE_MS);

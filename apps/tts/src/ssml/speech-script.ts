/** How a word is to be spoken, relative to the voice's normal manner. */
export interface SpeechStyle {
  /** Factor on the speed. */
  readonly rate: number;
  /** Semitones. */
  readonly pitch: number;
  /** Decibels; `SILENT_DB` makes a word inaudible. */
  readonly volumeDb: number;
}

export const NORMAL_STYLE: SpeechStyle = { rate: 1, pitch: 0, volumeDb: 0 };
export const SILENT_DB = -96;

/** One written word with the punctuation that touches it, such as `luz,` or `R$ 1.200`. */
export interface SpeechWord {
  readonly kind: 'word';
  /** What captions and transcript show. */
  readonly written: string;
  /** What is said: the written form, the alias of a `<sub>`, or the spelled letters of a `<say-as>`. May be several spoken words. */
  readonly spoken: string;
  readonly style: SpeechStyle;
}

/** A pause that the author asked for. */
export interface SpeechPause {
  readonly kind: 'pause';
  readonly milliseconds: number;
}

export interface SpeechSentence {
  readonly items: readonly (SpeechWord | SpeechPause)[];
  readonly endsParagraph: boolean;
}

/** A text to be spoken, whether it came as SSML or as plain text. It has at least one word. */
export interface SpeechScript {
  readonly sentences: readonly SpeechSentence[];
  /** What was understood in another way than written, in words for the author. */
  readonly warnings: readonly string[];
}

export const wordsOf = (sentence: SpeechSentence): SpeechWord[] => sentence.items.filter((item) => item.kind === 'word');

/** Characters that are said, spaces between words included: what vendors bill by, markup left out. */
export const spokenCharacters = ({ sentences }: Pick<SpeechScript, 'sentences'>): number =>
  sentences.reduce((sum, sentence) => sum + sentenceCharacters(sentence), 0);

export const sentenceCharacters = (sentence: SpeechSentence): number => wordsOf(sentence).reduce((sum, { spoken }) => sum + spoken.length + 1, 0);

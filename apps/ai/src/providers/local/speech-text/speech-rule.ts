import { escapePattern } from '../text/escape-pattern.js';
import type { SpokenLanguage } from './spoken-language.js';

export interface SpeechContext {
  readonly text: string;
  readonly language: SpokenLanguage;
}

/** One way of writing that is not said as it is written. */
export interface SpeechRule {
  readonly name: string;
  /** Global and Unicode-aware; what it matches is replaced in speech. */
  readonly pattern: RegExp;
  /** What is said, or undefined to leave the match to the other rules. */
  speak(match: RegExpExecArray, context: SpeechContext): string | undefined;
}

export type SpeechRuleFactory = (language: SpokenLanguage) => readonly SpeechRule[];

/** Not preceded, or not followed, by more of the same word. */
export const WORD_START = '(?<![\\p{L}\\p{N}_])';
export const WORD_END = '(?![\\p{L}\\p{N}_])';

export const followingText = (match: RegExpExecArray, { text }: SpeechContext): string => text.slice(match.index + match[0].length, match.index + match[0].length + 60);

export const alternatives = (words: Iterable<string>): string =>
  [...words].sort((one, other) => other.length - one.length).map((word) => escapePattern(word)).join('|');

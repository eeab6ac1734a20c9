import type { ScriptDivision } from '../ports/speech-synthesizer.port.js';
import { sentenceCharacters, type SpeechPause, type SpeechScript, type SpeechSentence, type SpeechWord } from './speech-script.js';

/** A part of a script that one call can speak. It has at least one word. */
export interface ScriptPart {
  readonly script: SpeechScript;
  /** Index in the whole script of each of its sentences; a sentence that was cut stands in several parts. */
  readonly sentences: readonly number[];
  readonly pauseAfterMs: number;
}

export interface DividedScript {
  readonly pauseBeforeMs: number;
  readonly parts: readonly ScriptPart[];
}

export interface DivisionRules extends ScriptDivision {
  /** Factor on the normal speed: pauses between sentences shrink with it. */
  readonly rate: number;
}

/** The pauses that speech makes by itself, in milliseconds at the normal speed. */
export const NATURAL_PAUSE_MS = { clause: 160, sentence: 330, paragraph: 600 } as const;
const CLAUSE_END = /[,;:–—][)"”'»\]]*$/u;

/** Cuts a script at sentences, else at clauses, else between words, so that each part is short enough; and at pauses that the provider does not make. */
export function divideScript(script: SpeechScript, rules: DivisionRules): DividedScript {
  const divider = new ScriptDivider(rules);
  script.sentences.forEach((sentence, index) => divider.sentence(sentence, index));
  return divider.finish();
}

interface OpenPart {
  sentences: { index: number; items: (SpeechWord | SpeechPause)[]; endsParagraph: boolean }[];
  characters: number;
}

class ScriptDivider {
  private readonly parts: ScriptPart[] = [];
  private open: OpenPart = { sentences: [], characters: 0 };
  private pauseBeforeMs = 0;
  /** What separates the open part from the next word, if they come to be parted. */
  private gapMs = 0;

  constructor(private readonly rules: DivisionRules) {}

  sentence(sentence: SpeechSentence, index: number): void {
    const fits = sentenceCharacters(sentence) <= this.rules.maxCharacters;
    if (fits && this.open.characters + sentenceCharacters(sentence) > this.rules.maxCharacters) this.close();
    for (const item of sentence.items) {
      if (item.kind === 'pause') this.pause(item, index);
      else this.word(item, index);
    }
    const last = this.open.sentences.at(-1);
    if (last) last.endsParagraph = sentence.endsParagraph;
    this.gapMs = (sentence.endsParagraph ? NATURAL_PAUSE_MS.paragraph : NATURAL_PAUSE_MS.sentence) / this.rules.rate;
    if (this.open.characters === 0) this.lastPause((pauseMs) => Math.max(pauseMs, Math.round(this.gapMs)));
  }

  finish(): DividedScript {
    this.close();
    return { pauseBeforeMs: this.pauseBeforeMs, parts: this.parts };
  }

  private pause(pause: SpeechPause, index: number): void {
    if (this.open.characters > 0 && pause.milliseconds <= this.rules.maxPauseMs) {
      this.itemsOf(index).push(pause);
      return;
    }
    if (this.open.characters > 0) this.close(pause.milliseconds);
    else this.extendPause(pause.milliseconds);
  }

  private word(word: SpeechWord, index: number): void {
    for (const piece of this.pieces(word)) {
      while (this.open.characters > 0 && this.open.characters + piece.spoken.length + 1 > this.rules.maxCharacters) this.closeWithin();
      this.itemsOf(index).push(piece);
      this.open.characters += piece.spoken.length + 1;
      this.gapMs = 0;
    }
  }

  /** A word longer than a whole part is said in pieces; the first one carries what is written. */
  private pieces(word: SpeechWord): SpeechWord[] {
    const limit = this.rules.maxCharacters - 1;
    if (word.spoken.length <= limit) return [word];
    const count = Math.ceil(word.spoken.length / limit);
    return Array.from({ length: count }, (_, piece) => ({ ...word, written: piece === 0 ? word.written : '', spoken: word.spoken.slice(piece * limit, (piece + 1) * limit) }));
  }

  /** Inside a sentence: goes back to the last clause, when that leaves at least half of the part. */
  private closeWithin(): void {
    const items = this.open.sentences.at(-1)?.items ?? [];
    const clause = items.findLastIndex((item) => item.kind === 'word' && CLAUSE_END.test(item.spoken));
    const rest = clause < 0 ? [] : items.slice(clause + 1);
    const restCharacters = rest.reduce((sum, item) => sum + (item.kind === 'word' ? item.spoken.length + 1 : 0), 0);
    if (rest.length === 0 || restCharacters > this.rules.maxCharacters / 2) return this.close(clause === items.length - 1 ? NATURAL_PAUSE_MS.clause / this.rules.rate : 0);
    const index = this.open.sentences.at(-1)?.index ?? 0;
    items.splice(clause + 1);
    this.close(NATURAL_PAUSE_MS.clause / this.rules.rate);
    this.open = { sentences: [{ index, items: rest, endsParagraph: false }], characters: restCharacters };
  }

  private close(pauseMs = this.gapMs): void {
    if (this.open.characters === 0) return;
    const trailingMs = this.takeTrailingPauses();
    const sentences = this.open.sentences.map(({ items, endsParagraph }) => ({ items, endsParagraph }));
    this.parts.push({ script: { sentences, warnings: [] }, sentences: this.open.sentences.map(({ index }) => index), pauseAfterMs: Math.round(Math.max(pauseMs, trailingMs)) });
    this.open = { sentences: [], characters: 0 };
    this.gapMs = 0;
  }

  /** Silence at the end of a clip is cut off, so a pause there is made between the clips. */
  private takeTrailingPauses(): number {
    const items = this.open.sentences.at(-1)?.items ?? [];
    let milliseconds = 0;
    for (let last = items.at(-1); last?.kind === 'pause'; last = items.at(-1)) {
      milliseconds += last.milliseconds;
      items.pop();
    }
    return milliseconds;
  }

  /** A pause before the first word, or one more after a part that has ended. */
  private extendPause(milliseconds: number): void {
    if (this.parts.length === 0) this.pauseBeforeMs += milliseconds;
    else this.lastPause((pauseMs) => pauseMs + milliseconds);
  }

  private lastPause(change: (pauseMs: number) => number): void {
    const last = this.parts.pop();
    if (last) this.parts.push({ ...last, pauseAfterMs: change(last.pauseAfterMs) });
  }

  private itemsOf(index: number): (SpeechWord | SpeechPause)[] {
    const last = this.open.sentences.at(-1);
    if (last?.index === index) return last.items;
    const items: (SpeechWord | SpeechPause)[] = [];
    this.open.sentences.push({ index, items, endsParagraph: false });
    return items;
  }
}

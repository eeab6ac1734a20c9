/** A script as a vendor takes it, and where in that text each of its words stands. */
export interface RenderedText {
  readonly text: string;
  /** One per word of the script, in its order: positions in `text` (UTF-16 units), end not included. */
  readonly places: readonly WordPlace[];
  /** What is not said as it was written, in words for the author. */
  readonly warnings: readonly string[];
}

export interface WordPlace {
  readonly start: number;
  readonly end: number;
}

/** Collects a text piece by piece and remembers the places of words. */
export class TextComposer {
  readonly places: WordPlace[] = [];
  private readonly warnings = new Set<string>();
  private text = '';

  append(piece: string): void {
    this.text += piece;
  }

  word(text: string): void {
    this.places.push({ start: this.text.length, end: this.text.length + text.length });
    this.text += text;
  }

  warn(warning: string): void {
    this.warnings.add(warning);
  }

  finish(): RenderedText {
    return { text: this.text, places: this.places, warnings: [...this.warnings] };
  }
}

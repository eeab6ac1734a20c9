import { AppError, type Language } from '@tecnocursos/contracts';
import { sentenceStarts } from './sentences.js';
import { hasSound, speakable, visible } from './speakable.js';
import type { SpeechPause, SpeechScript, SpeechSentence, SpeechStyle, SpeechWord } from './speech-script.js';
import { NORMAL_STYLE } from './speech-script.js';

type Item = SpeechWord | SpeechPause;

const CURRENCY = /^(?:[A-Z]{1,3})?[$€£¥]$/u;
const DASH = /[–—-]/u;

/** Collects text in reading order, and makes words, sentences and paragraphs of it. */
export class ScriptBuilder {
  private readonly sentences: SpeechSentence[] = [];
  private readonly warnings = new Set<string>();
  /** Items since the last explicit sentence or paragraph boundary. */
  private items: Item[] = [];
  private open: { written: string; spoken: string; style: SpeechStyle } | undefined;
  /** Marks that nobody speaks, such as a bullet, waiting for the word they stand before. */
  private prefix = '';

  constructor(private readonly language: Language) {}

  text(text: string, style: SpeechStyle): void {
    for (const part of text.split(/(\s+)/)) {
      if (part === '') continue;
      if (part.trim() === '') this.endWord();
      else this.extendWord(part, part, style);
    }
  }

  /** A stretch that is one word to the reader, whatever is spoken for it. */
  replacement(written: string, spoken: string, style: SpeechStyle): void {
    const shown = written.trim().replaceAll(/\s+/g, ' ');
    if (shown !== '' || spoken.trim() !== '') this.extendWord(shown, spoken.trim(), style);
  }

  pause(milliseconds: number): void {
    this.endWord();
    if (milliseconds > 0) this.items.push({ kind: 'pause', milliseconds });
  }

  warn(warning: string): void {
    this.warnings.add(warning);
  }

  endSentence(): void {
    this.endWord();
    this.flush();
  }

  endParagraph(): void {
    this.endSentence();
    const last = this.sentences.pop();
    if (last) this.sentences.push({ ...last, endsParagraph: true });
  }

  /** @throws AppError `invalid_request` naming `field` when there is nothing to speak. */
  build(field: 'text' | 'ssml'): SpeechScript {
    this.endParagraph();
    if (!this.sentences.some((sentence) => sentence.items.some((item) => item.kind === 'word'))) {
      const message = `There is nothing to speak in ${field}; give at least one word.`;
      throw new AppError('invalid_request', message, { issues: [{ field, message }] });
    }
    return { sentences: this.sentences, warnings: [...this.warnings] };
  }

  private extendWord(written: string, spoken: string, style: SpeechStyle): void {
    this.open ??= { written: '', spoken: '', style };
    this.open.written += written;
    this.open.spoken += spoken;
  }

  private endWord(): void {
    if (!this.open) return;
    const { style } = this.open;
    const written = visible(this.open.written);
    const spoken = speakable(this.open.spoken);
    this.open = undefined;
    if (written === '' && spoken === '') return;
    const previous = this.items.at(-1);
    const word = previous?.kind === 'word' ? previous : undefined;
    if (!hasSound(spoken)) this.attachMark(written, word);
    else if (word && CURRENCY.test(word.written) && /^\d/.test(spoken)) this.replaceLast(joined(word, written, spoken));
    else this.items.push({ kind: 'word', written: this.takePrefix() + (written || spoken), spoken, style });
  }

  private attachMark(mark: string, word: SpeechWord | undefined): void {
    if (mark === '') return;
    if (!word) this.prefix += `${mark} `;
    else this.replaceLast({ ...word, written: `${word.written} ${mark}`, spoken: DASH.test(mark) && /[\p{L}\p{N}]$/u.test(word.spoken) ? `${word.spoken},` : word.spoken });
  }

  private replaceLast(word: SpeechWord): void {
    this.items.splice(-1, 1, word);
  }

  private takePrefix(): string {
    const taken = this.prefix;
    this.prefix = '';
    return taken;
  }

  private flush(): void {
    const words = this.items.filter((item) => item.kind === 'word');
    if (words.length === 0) return this.keepPauses();
    const starts = new Set(sentenceStarts(words.map(({ written }) => written), this.language).map((index) => words[index]));
    let current: Item[] = [];
    for (const item of this.items) {
      if (item.kind === 'word' && starts.has(item) && current.some(({ kind }) => kind === 'word')) {
        this.sentences.push({ items: current, endsParagraph: false });
        current = [];
      }
      current.push(item);
    }
    this.sentences.push({ items: current, endsParagraph: false });
    this.items = [];
  }

  /** Pauses between two sentences belong to the end of the one before, or wait for the first. */
  private keepPauses(): void {
    const last = this.sentences.pop();
    if (!last) return;
    this.sentences.push({ ...last, items: [...last.items, ...this.items] });
    this.items = [];
  }
}

const joined = (sign: SpeechWord, written: string, spoken: string): SpeechWord => ({
  ...sign, written: `${sign.written} ${written}`, spoken: `${sign.spoken} ${spoken}`,
});

/** Plain text as a script: blank lines part paragraphs. */
export function parsePlainText(text: string, language: Language): SpeechScript {
  const builder = new ScriptBuilder(language);
  for (const paragraph of text.split(/\r?\n[^\S\n]*\r?\n/)) {
    builder.text(paragraph, NORMAL_STYLE);
    builder.endParagraph();
  }
  return builder.build('text');
}

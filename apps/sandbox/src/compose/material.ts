import { isStopWord, languageOf, wordsOf, type TextLanguage } from './language.js';

/** A line or paragraph of the source. */
export interface SourceBlock {
  /** Of a line that begins with `[12]`. */
  readonly label: number | undefined;
  /** 1 to 6 of a heading, 0 of other text. */
  readonly level: number;
  readonly text: string;
}

const LABEL = /^\s*\[(\d{1,9})\]\s*/;
const HEADING = /^(#{1,6})\s+/;
const MARKS = /^(?:[-*+•>|]\s+|\d{1,3}[.)]\s+)+/;
const EMPHASIS = /(\*\*|__|`)(?=\S)([\s\S]*?\S)\1/g;
const SENTENCE_END = /(?<=[.!?…]["”»)]?)\s+(?=["“«(¿¡\p{Lu}\p{N}])/u;
const KEYWORDS = 12;
const TITLE_WORDS = 9;
const LONG_WORD = 4;

/** A text and its parts, as far as an answer can be made of them. */
export class Material {
  private cachedSentences: string[] | undefined;
  private cachedKeywords: string[] | undefined;
  /** Where the next sentence is taken from. */
  private position = 0;

  constructor(
    readonly blocks: readonly SourceBlock[],
    readonly language: TextLanguage,
  ) {}

  static read(source: string): Material {
    const blocks = source.split(/\r?\n/).flatMap((line) => toBlock(line) ?? []);
    return new Material(blocks, languageOf(source));
  }

  get labels(): number[] {
    return [...new Set(this.blocks.flatMap(({ label }) => label ?? []))].sort((left, right) => left - right);
  }

  get text(): string {
    return this.blocks.map(({ text }) => text).join('\n');
  }

  get wordCount(): number {
    return wordsOf(this.text).length;
  }

  /** Of the running text; of the headings when there is none. */
  get sentences(): readonly string[] {
    if (!this.cachedSentences) {
      const running = this.blocks.filter(({ level }) => level === 0);
      this.cachedSentences = (running.length > 0 ? running : this.blocks).flatMap(({ text }) => text.split(SENTENCE_END)).filter((text) => text !== '');
    }
    return this.cachedSentences;
  }

  /** The words that come most often, without function words; never empty unless the text is. */
  get keywords(): readonly string[] {
    this.cachedKeywords ??= frequentWords(this.text);
    return this.cachedKeywords;
  }

  /** The first heading, else the beginning of the first sentence. */
  get title(): string {
    const heading = this.blocks.find(({ level }) => level > 0)?.text;
    if (heading !== undefined) return heading;
    const words = (this.sentences[0] ?? '').replace(/[.!?…]+$/, '').split(/\s+/);
    return words.slice(0, TITLE_WORDS).join(' ').replace(/[,;:–-]+$/, '');
  }

  /** Sentences in turn, from the beginning again after the last. */
  nextSentence(): string {
    const sentence = this.sentences[this.position % Math.max(1, this.sentences.length)] ?? '';
    this.position += 1;
    return sentence;
  }

  /** Parts that the text has by itself: its sections, else its paragraphs. */
  get parts(): Material[] {
    const level = [1, 2, 3, 4, 5, 6].find((wanted) => this.blocks.filter((block) => block.level === wanted).length > 1);
    if (level === undefined) return this.blocks.filter((block) => block.level === 0).map((block) => this.of([block]));
    const starts = this.blocks.flatMap((block, index) => (block.level === level ? [index] : []));
    const lead = this.blocks.slice(0, starts[0]).filter((block) => block.level === 0);
    return starts.map((start, index) => this.of([...(index === 0 ? [...this.blocks.slice(start, start + 1), ...lead, ...this.blocks.slice(start + 1, starts[1])] : this.blocks.slice(start, starts[index + 1]))]));
  }

  get hasSections(): boolean {
    return this.blocks.filter(({ level }) => level > 0).length > 1;
  }

  /** As many consecutive parts as wanted; where the text is too short for that, parts come again. */
  split(count: number): Material[] {
    const parts = this.parts.length >= count ? this.parts : this.sentences.length >= count ? this.sentenceParts() : this.parts.length > 0 ? this.parts : [this];
    if (parts.length <= count) return Array.from({ length: count }, (_part, index) => parts[index % parts.length] ?? this);
    return Array.from({ length: count }, (_part, index) => {
      const from = Math.floor((index * parts.length) / count);
      return this.of(parts.slice(from, Math.floor(((index + 1) * parts.length) / count)).flatMap(({ blocks }) => blocks));
    });
  }

  private sentenceParts(): Material[] {
    return this.blocks.filter(({ level }) => level === 0).flatMap((block) => block.text.split(SENTENCE_END).map((text) => this.of([{ ...block, text }])));
  }

  private of(blocks: readonly SourceBlock[]): Material {
    return new Material(blocks, this.language);
  }
}

function toBlock(line: string): SourceBlock | undefined {
  const label = LABEL.exec(line);
  const unlabelled = (label ? line.slice(label[0].length) : line).trim();
  const heading = HEADING.exec(unlabelled);
  const text = unlabelled.slice(heading?.[0].length ?? 0).replace(MARKS, '').replace(EMPHASIS, '$2').replaceAll('\0', '').trim();
  if (text === '') return undefined;
  return { label: label ? Number(label[1]) : undefined, level: heading?.[1]?.length ?? 0, text };
}

function frequentWords(text: string): string[] {
  const counts = new Map<string, number>();
  const words = wordsOf(text.toLowerCase());
  for (const word of words) {
    if (word.length >= LONG_WORD && !isStopWord(word) && !/^\d+$/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([, left], [, right]) => right - left).map(([word]) => word);
  return (ranked.length > 0 ? ranked : [...new Set(words)]).slice(0, KEYWORDS);
}

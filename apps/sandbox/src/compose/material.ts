import { isCaption, isFragment, topicOf } from './clauses.js';
import { isStopWord, languageOf, wordsOf, type TextLanguage } from './language.js';
import { DOCUMENT_BREAK } from './prompt.js';
import type { SlideText } from './slide-parts.js';

/** A line or paragraph of the source. */
export interface SourceBlock {
  /** Of a line that begins with `[12]`. */
  readonly label: number | undefined;
  /** 1 to 6 of a heading, 0 of other text. */
  readonly level: number;
  readonly text: string;
  /** False for tables, code and pictures: they say nothing by sentences. */
  readonly isProse: boolean;
  /** Of a list, whose items may stand on one line. */
  readonly list: 'ordered' | 'unordered' | undefined;
  /** Which of the prompt's documents it stands in, from 0. */
  readonly document: number;
}

/** Marks in place of what is no text: `(picture image_id="3")`, `(speaker notes)`. */
const ASIDE = /^\((?:picture|code|speaker notes)[^)]*\)\s*/;
const NOT_PROSE = /^(?:\||\((?:code|picture)\b|```)/;
const LABEL = /^\s*\[(\d{1,9})\]\s*/;
const HEADING = /^(#{1,6})\s+/;
const MARKS = /^(?:[-*+•>|]\s+|\d{1,3}[.)]\s+)+/;
const EMPHASIS = /(\*\*|__|`)(?=\S)([\s\S]*?\S)\1/g;
const SENTENCE_END = /(?<=[.!?…]["”»)]?)\s+(?=["“«(¿¡\p{Lu}\p{N}])/u;
/** Capitalised words that do not begin the sentence, with the small words of names between them. */
const NAME = /(?<=[\p{Ll},;]\s)\p{Lu}[\p{L}\p{N}]+(?:\s(?:(?:de|da|do|das|dos|of|the)\s)?\p{Lu}[\p{L}\p{N}]+)*/gu;
const NAMES = 10;
const INLINE_ITEM = /\s*(?:(?<=\s)[-•]|(?<!\S)\d{1,2}[.)])\s+(?=\p{Lu})/u;
const LIST = /^(?:[-*+•]|(\d{1,3})[.)])\s/;
const LIST_ITEM = /\s+(?:[-•]|\d{1,2}[.)])\s+/u;
const HEADING_NUMBER = /^\d{1,2}(?:\.\d{1,2})+\.?\s+/;
const KEYWORDS = 12;
const LONG_WORD = 4;

/** A text and its parts, as far as an answer can be made of them. */
export class Material {
  private cachedSentences: string[] | undefined;
  private cachedKeywords: string[] | undefined;
  private cachedParts: Material[] | undefined;
  /** Where the next sentence is taken from. */
  private position = 0;

  constructor(
    readonly blocks: readonly SourceBlock[],
    readonly language: TextLanguage,
    /** Of a section whose heading isn't its first one. */
    private readonly ownTitle?: string,
    /** What a slide made of it shows and says. */
    readonly slide?: SlideText,
  ) {}

  static read(source: string): Material {
    const blocks = source.split(DOCUMENT_BREAK).flatMap((document, index) => document.split(/\r?\n/).flatMap((line) => toBlock(line, index) ?? []));
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

  /** Of the running text, without captions and bylines; of the headings when there is none. */
  get sentences(): readonly string[] {
    if (!this.cachedSentences) {
      const running = this.blocks.filter(({ level, isProse }) => level === 0 && isProse);
      const all = running.length > 0 ? running : this.blocks;
      const telling = all.filter(({ text }) => !isCaption(text)).flatMap((block) => sentencesOf(block).filter((sentence) => block.list !== undefined || !isFragment(sentence)));
      this.cachedSentences = telling.length > 0 ? telling : all.flatMap(sentencesOf);
    }
    return this.cachedSentences;
  }

  /** The words that come most often, without function words; never empty unless the text is. */
  get keywords(): readonly string[] {
    this.cachedKeywords ??= frequentWords(this.blocks.filter(({ isProse }) => isProse).map(({ text }) => text).join('\n') || this.text);
    return this.cachedKeywords;
  }

  /** The first heading, else what the first sentences are about. */
  get title(): string {
    const heading = this.ownTitle ?? this.blocks.find(({ level }) => level > 0)?.text;
    return heading ?? topicOf(this.sentences);
  }

  /** Names inside the sentences, by their capital letters. */
  get names(): readonly string[] {
    return [...new Set(this.sentences.flatMap((sentence) => [...sentence.matchAll(NAME)].map(([name]) => name)))].slice(0, NAMES);
  }

  /** Sentences in turn, from the beginning again after the last. */
  nextSentence(): string {
    const sentence = this.sentences[this.position % Math.max(1, this.sentences.length)] ?? '';
    this.position += 1;
    return sentence;
  }

  /** Parts that the text has by itself: its documents, else its sections, else its paragraphs. */
  get parts(): Material[] {
    this.cachedParts ??= this.findParts();
    return this.cachedParts;
  }

  private findParts(): Material[] {
    const documents = Map.groupBy(this.blocks, ({ document }) => document);
    if (documents.size > 1) return [...documents.values()].map((blocks) => this.of(blocks));
    const level = [1, 2, 3, 4, 5, 6].find((wanted) => this.blocks.filter((block) => block.level === wanted).length > 1);
    if (level === undefined) return this.blocks.filter((block) => block.level === 0).map((block) => this.of([block]));
    const sections: SourceBlock[][] = [[]];
    for (const block of this.blocks) {
      const current = sections.at(-1) ?? [];
      const isNew = block.level === level && current.some((earlier) => earlier.level === level) && current.some((earlier) => earlier.level === 0);
      if (isNew) sections.push([block]);
      else current.push(block);
    }
    const [last = [], before] = [sections.at(-1), sections.at(-2)];
    if (before && last.every((block) => block.level > 0)) before.push(...(sections.pop() ?? [])); // a heading without text says nothing by itself
    return sections.map((blocks) => new Material(blocks, this.language, blocks.find((block) => block.level === level)?.text));
  }

  get hasSections(): boolean {
    return this.blocks.filter(({ level }) => level > 0).length > 1;
  }

  /** As many consecutive parts as wanted; where the text is too short for that, parts come again. */
  split(count: number): Material[] {
    if (count === 1) return [this];
    const parts = this.parts.length >= count ? this.parts : this.sentences.length >= count ? this.sentenceParts() : this.parts.length > 0 ? this.parts : [this];
    if (parts.length <= count) return Array.from({ length: count }, (_part, index) => parts[index % parts.length] ?? this);
    return Array.from({ length: count }, (_part, index) => {
      const from = Math.floor((index * parts.length) / count);
      const group = parts.slice(from, Math.floor(((index + 1) * parts.length) / count));
      return new Material(group.flatMap(({ blocks }) => blocks), this.language, group[0]?.ownTitle);
    });
  }

  private sentenceParts(): Material[] {
    return this.blocks.filter(({ level }) => level === 0).flatMap((block) => (block.isProse ? sentencesOf(block) : [block.text]).map((text) => this.of([{ ...block, text }])));
  }

  private of(blocks: readonly SourceBlock[]): Material {
    return new Material(blocks, this.language);
  }
}

/** A block's sentences; each item of a list counts as one. */
function sentencesOf({ text, list }: SourceBlock): string[] {
  const parts = list ? text.split(LIST_ITEM).map((item) => item.replace(/;$/, '')) : text.split(SENTENCE_END).flatMap((part) => part.split(INLINE_ITEM));
  return parts.filter((part) => /\p{L}/u.test(part));
}

function toBlock(line: string, document: number): SourceBlock | undefined {
  const label = LABEL.exec(line);
  const unlabelled = (label ? line.slice(label[0].length) : line).trim();
  const heading = HEADING.exec(unlabelled);
  const text = unlabelled.slice(heading?.[0].length ?? 0).replace(ASIDE, '').replace(heading ? HEADING_NUMBER : /^$/, '').replace(MARKS, '').replace(EMPHASIS, '$2').replaceAll('\0', '').trim();
  if (text === '') return undefined;
  return { label: label ? Number(label[1]) : undefined, level: heading?.[1]?.length ?? 0, text, isProse: !NOT_PROSE.test(unlabelled), list: listOf(unlabelled), document };
}

function listOf(line: string): SourceBlock['list'] {
  const mark = LIST.exec(line);
  if (!mark) return undefined;
  return mark[1] === undefined ? 'unordered' : 'ordered';
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

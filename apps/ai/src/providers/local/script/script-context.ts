import type { Document, Language, OutlineLesson } from '@tecnocursos/contracts';
import { paragraphSentences } from '../document/prose.js';
import type { Section } from '../document/sections.js';
import { termsOf } from '../document/terms.js';
import { inTurn, phrasesOf, type Phrases } from '../phrases/phrases.js';
import { inSentence } from '../text/headings.js';
import type { TermIndex } from '../text/key-terms.js';
import { rankSentences } from '../text/sentence-ranking.js';
import { textLanguage, type TextLanguage } from '../text/text-language.js';
import { tokenize } from '../text/words.js';
import { articleOf } from '../outline/objectives.js';

/** What the slides of one lesson share. */
export class ScriptContext {
  readonly text: TextLanguage;
  readonly phrases: Phrases;
  readonly terms: TermIndex;
  readonly images: ReadonlySet<string>;
  private readonly scores: ReadonlyMap<string, number>;
  private readonly turns = new Map<readonly unknown[], number>();

  constructor(document: Document, readonly sections: readonly Section[], readonly lesson: OutlineLesson, readonly language: Language) {
    this.text = textLanguage(language);
    this.phrases = phrasesOf(language);
    this.terms = termsOf(sections, language);
    this.images = new Set(document.images.map(({ id }) => id));
    const sentences = sections.flatMap(({ blocks }) => paragraphSentences(blocks, language));
    const ranks = rankSentences(sentences, this.text);
    this.scores = new Map(sentences.map((sentence, index) => [sentence, ranks[index] ?? 0]));
  }

  score(sentence: string): number {
    return this.scores.get(sentence) ?? 0;
  }

  /** The next of a list of phrases; lessons begin at different ones. */
  phrase<T>(list: readonly T[]): T {
    const turn = this.turns.get(list) ?? this.lesson.number - 1;
    this.turns.set(list, turn + 1);
    return inTurn(list, turn);
  }

  /** A title as part of a sentence, with its article; undefined for titles that are sentences. */
  topic(title: string): string | undefined {
    return this.phrases.topic(title, this.inSentence(title), articleOf(title, this.terms));
  }

  /** A title as the object of a verb: its topic, or the question that it asks. */
  subject(title: string): string | undefined {
    return this.phrases.question(title) ?? this.topic(title);
  }

  /** A cell or a caption after a comma or a colon: the capital goes only from words that the text has without one. */
  afterColon(text: string): string {
    return this.terms.evidence.isCommonWord(tokenize(text)[0]?.lower ?? '') ? this.inSentence(text) : text;
  }

  inSentence(title: string): string {
    return inSentence(title, this.terms.evidence);
  }
}

import { findDefinition, type Definition } from './definitions.js';
import { NounEvidence } from './noun-evidence.js';
import type { TextLanguage } from './text-language.js';
import { capitalized, isContentWord, tokenize, type Token } from './words.js';

export interface TermSource {
  readonly text: string;
  readonly kind: 'heading' | 'prose';
  /** Which part of the document it stands in; terms of few parts tell more about them. */
  readonly part: number;
}

export interface RankedTerm {
  /** As the text has it inside a sentence: "ciclo de Calvin". */
  readonly inline: string;
  /** With a capital, as in a glossary. */
  readonly display: string;
  readonly stems: readonly string[];
  readonly score: number;
  readonly definition?: Definition;
}

interface Candidate {
  readonly stems: readonly string[];
  readonly surfaces: Map<string, number>;
  readonly counts: Map<number, number>;
  headings: number;
  /** Times that it stands where nouns stand: after an article or a preposition. */
  supported: number;
  definition?: Definition;
}

const MOST_CONTENT_WORDS = 3;
const LENGTH_WEIGHT = [0, 1, 1.7, 1.9];

/** The terms of a document, found once; then ranked for any set of its parts. */
export class TermIndex {
  readonly evidence: NounEvidence;
  private readonly candidates = new Map<string, Candidate>();
  private readonly partCount: number;

  constructor(sources: readonly TermSource[], private readonly language: TextLanguage) {
    const tokens = sources.map(({ text }) => tokenize(text));
    this.evidence = new NounEvidence(language);
    sources.forEach(({ kind }, index) => {
      if (kind === 'prose') this.evidence.add(tokens[index] ?? []);
    });
    sources.forEach((source, index) => this.collect(source, tokens[index] ?? []));
    this.partCount = new Set(sources.map(({ part }) => part)).size;
  }

  /** Best terms of the given parts, no two of which say the same. */
  rank(parts: ReadonlySet<number>, count: number): RankedTerm[] {
    const scored = [...this.candidates.values()]
      .map((candidate) => ({ candidate, score: this.score(candidate, parts) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score || one.candidate.stems.join(' ').localeCompare(other.candidate.stems.join(' ')));
    const chosen: { candidate: Candidate; score: number }[] = [];
    for (const entry of scored) {
      if (chosen.length === count) break;
      if (!chosen.some(({ candidate }) => overlaps(candidate.stems, entry.candidate.stems))) chosen.push(entry);
    }
    return chosen.map(({ candidate, score }) => this.ranked(candidate, score));
  }

  private score(candidate: Candidate, parts: ReadonlySet<number>): number {
    let inside = 0;
    for (const [part, count] of candidate.counts) if (parts.has(part)) inside += count;
    if (inside === 0) return 0;
    const total = [...candidate.counts.values()].reduce((sum, count) => sum + count, 0);
    const strong = candidate.headings > 0 || candidate.definition !== undefined;
    if ((total < 2 || candidate.supported === 0) && !strong) return 0;
    const rarity = Math.log(1 + this.partCount / candidate.counts.size);
    return Math.sqrt(inside) * rarity * (LENGTH_WEIGHT[candidate.stems.length] ?? 1) * (candidate.definition ? 2.2 : 1) * (candidate.headings > 0 ? 1.6 : 1);
  }

  private ranked(candidate: Candidate, score: number): RankedTerm {
    const surface = [...candidate.surfaces].sort(([one, countOne], [other, countOther]) => countOther - countOne || one.length - other.length || one.localeCompare(other))[0]?.[0] ?? '';
    return { inline: surface, display: capitalized(surface), stems: candidate.stems, score, ...(candidate.definition && { definition: candidate.definition }) };
  }

  private collect({ text, kind, part }: TermSource, tokens: readonly Token[]): void {
    for (const gram of gramsOf(tokens, this.language)) {
      if (!this.isTerm(gram, kind)) continue;
      const candidate = this.candidate(gram, kind);
      candidate.counts.set(part, (candidate.counts.get(part) ?? 0) + 1);
      if (kind === 'heading') candidate.headings += 1;
      if (isSupported(gram, tokens, this.language)) candidate.supported += 1;
    }
    if (kind === 'prose') this.collectDefinition(text, part);
  }

  private collectDefinition(sentence: string, part: number): void {
    const definition = findDefinition(sentence, this.language);
    if (!definition) return;
    const tokens = tokenize(definition.term);
    if (contentOf(tokens, this.language).length > MOST_CONTENT_WORDS) return;
    const candidate = this.candidate(tokens, 'prose');
    candidate.definition ??= definition;
    if (!candidate.counts.has(part)) candidate.counts.set(part, 1);
  }

  private candidate(tokens: readonly Token[], kind: TermSource['kind']): Candidate {
    const stems = contentOf(tokens, this.language).map(({ lower }) => this.language.stem(lower));
    const key = stems.join(' ');
    const candidate = this.candidates.get(key) ?? { stems, surfaces: new Map<string, number>(), counts: new Map<number, number>(), headings: 0, supported: 0 };
    const surface = tokens.map((token) => this.inlineForm(token)).join(' ');
    candidate.surfaces.set(surface, (candidate.surfaces.get(surface) ?? 0) + (kind === 'heading' ? 0.5 : 1));
    this.candidates.set(key, candidate);
    return candidate;
  }

  private isTerm(tokens: readonly Token[], kind: TermSource['kind']): boolean {
    const content = contentOf(tokens, this.language);
    const [first] = content;
    if (!first || (content.length === 1 && (first.lower.length < 4 && !/^\p{Lu}{2,}/u.test(first.text) || this.language.genericWords.has(first.lower)))) return false;
    if (content.every(({ lower }) => this.language.genericWords.has(lower)) || this.language.genericWords.has(first.lower)) return false;
    if (!this.evidence.isNoun(first.lower) && !(kind === 'heading' && !this.language.infinitiveEnding.test(first.lower) && this.evidence.canContinue(first.lower))) return false;
    if (content.length === 1 && this.evidence.isMostlyAttribute(first.lower)) return false;
    return content.slice(1).every(({ lower }) => this.evidence.canContinue(lower) && !this.language.genericWords.has(lower));
  }

  private inlineForm({ text, lower }: Token): string {
    if (/^\p{Lu}[\p{Lu}\p{N}₀-₉]/u.test(text) || /[₀-₉]/u.test(text)) return text;
    return this.evidence.isProperName(lower) ? capitalized(lower) : lower;
  }
}

const contentOf = (tokens: readonly Token[], language: TextLanguage): Token[] => tokens.filter(({ lower }) => isContentWord(lower, language));

/** Runs of up to three content words, joined by nothing or by a connector such as "de". */
function gramsOf(tokens: readonly Token[], language: TextLanguage): Token[][] {
  const grams: Token[][] = [];
  tokens.forEach((token, start) => {
    if (!isContentWord(token.lower, language)) return;
    let content = 0;
    for (let end = start; end < tokens.length && content < MOST_CONTENT_WORDS; end += 1) {
      const next = tokens[end];
      if (!next || (end > start && next.breakBefore)) break;
      if (isContentWord(next.lower, language)) {
        content += 1;
        grams.push(tokens.slice(start, end + 1));
      } else if (!language.connectors.has(next.lower) || !isContentWord(tokens[end + 1]?.lower ?? '', language)) break;
    }
  });
  return grams;
}

function isSupported(gram: readonly Token[], tokens: readonly Token[], { articles, prepositions }: TextLanguage): boolean {
  const [first] = gram;
  const before = first === undefined || first.breakBefore ? undefined : tokens[tokens.indexOf(first) - 1]?.lower;
  return before !== undefined && (articles.has(before) || prepositions.has(before));
}

function overlaps(one: readonly string[], other: readonly string[]): boolean {
  const shared = one.filter((stem) => other.includes(stem)).length;
  return shared > 0 && (shared === Math.min(one.length, other.length) || shared > 1);
}

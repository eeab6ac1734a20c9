import type { TextLanguage } from './text-language.js';
import { isContentWord, type Token } from './words.js';

interface Evidence {
  count: number;
  afterArticle: number;
  afterPreposition: number;
  beforeArticle: number;
  beforeContent: number;
  afterContent: number;
  capitalizedInside: number;
  insideCount: number;
}

/** Articles met right before a word, with how often. */
type ArticleCounts = Map<string, number>;

/**
 * Tells nouns from verbs by the company that words keep in this text: nouns follow articles and prepositions, verbs stand
 * before articles. No dictionary, so it works for any subject.
 */
export class NounEvidence {
  private readonly evidence = new Map<string, Evidence>();
  private readonly articles = new Map<string, ArticleCounts>();

  constructor(private readonly language: TextLanguage) {}

  add(tokens: readonly Token[]): void {
    tokens.forEach((token, index) => {
      const previous = token.breakBefore ? undefined : tokens[index - 1];
      const next = tokens[index + 1];
      const entry = this.entry(token.lower);
      entry.count += 1;
      if (previous && this.language.articles.has(previous.lower)) {
        entry.afterArticle += 1;
        this.countArticle(token.lower, previous.lower);
      } else if (previous && this.language.prepositions.has(previous.lower)) entry.afterPreposition += 1;
      else if (previous && isContentWord(previous.lower, this.language)) entry.afterContent += 1;
      if (next && !next.breakBefore) {
        if (this.language.articles.has(next.lower)) entry.beforeArticle += 1;
        else if (isContentWord(next.lower, this.language)) entry.beforeContent += 1;
      }
      if (token.first) return;
      entry.insideCount += 1;
      if (/^\p{Lu}/u.test(token.text)) entry.capitalizedInside += 1;
    });
  }

  /** Whether a term can begin with the word. */
  isNoun(lower: string): boolean {
    const entry = this.evidence.get(lower);
    if (!entry) return false;
    const { verbEnding, infinitiveEnding, adverbEnding } = this.language;
    if (adverbEnding.test(lower) || (verbEnding.test(lower) && entry.afterArticle === 0)) return false;
    if (this.isProperName(lower)) return true;
    const supported = entry.afterArticle + (infinitiveEnding.test(lower) ? 0 : entry.afterPreposition * 0.8);
    return supported / entry.count >= 0.3 && entry.beforeArticle <= Math.max(1, supported);
  }

  /** Whether a longer term can go on with the word, as an adjective or a second noun. */
  canContinue(lower: string): boolean {
    const entry = this.evidence.get(lower);
    const { verbEnding, adverbEnding } = this.language;
    if (!entry || adverbEnding.test(lower)) return false;
    if (verbEnding.test(lower) && entry.afterArticle === 0) return false;
    return entry.beforeArticle / entry.count < 0.3 || entry.afterArticle >= entry.beforeArticle;
  }

  /** Whether the word nearly always leans on another content word: before it, as English adjectives do, or after it, as Portuguese ones. */
  isMostlyAttribute(lower: string): boolean {
    const entry = this.evidence.get(lower);
    return entry !== undefined && (this.language.language === 'en' ? entry.beforeContent / entry.count > 0.7 : entry.afterContent / entry.count > 0.6);
  }

  isProperName(lower: string): boolean {
    const entry = this.evidence.get(lower);
    return entry !== undefined && entry.insideCount > 0 && entry.capitalizedInside / entry.insideCount > 0.7;
  }

  /** Whether the text has the word without a capital. */
  isCommonWord(lower: string): boolean {
    const entry = this.evidence.get(lower);
    return this.language.stopWords.has(lower) || (entry !== undefined && entry.insideCount > entry.capitalizedInside * 2);
  }

  /** The definite article that the text uses with the word ("a fotossíntese" → "a"), contractions undone. */
  articleOf(lower: string): string | undefined {
    const counts = this.articles.get(lower);
    if (!counts) return undefined;
    const definite = new Map<string, number>();
    for (const [article, count] of counts) {
      const plain = DEFINITE[article];
      if (plain !== undefined) definite.set(plain, (definite.get(plain) ?? 0) + count);
    }
    return [...definite].sort(([, one], [, other]) => other - one)[0]?.[0];
  }

  private entry(lower: string): Evidence {
    const known = this.evidence.get(lower);
    if (known) return known;
    const fresh: Evidence = { count: 0, afterArticle: 0, afterPreposition: 0, beforeArticle: 0, beforeContent: 0, afterContent: 0, capitalizedInside: 0, insideCount: 0 };
    this.evidence.set(lower, fresh);
    return fresh;
  }

  private countArticle(lower: string, article: string): void {
    const counts = this.articles.get(lower) ?? new Map<string, number>();
    counts.set(article, (counts.get(article) ?? 0) + 1);
    this.articles.set(lower, counts);
  }
}

const DEFINITE: Readonly<Record<string, string>> = {
  o: 'o', do: 'o', no: 'o', ao: 'o', pelo: 'o', um: 'o', este: 'o', esse: 'o', num: 'o',
  a: 'a', da: 'a', na: 'a', à: 'a', pela: 'a', uma: 'a', esta: 'a', essa: 'a', numa: 'a',
  os: 'os', dos: 'os', nos: 'os', aos: 'os', pelos: 'os', estes: 'os', esses: 'os',
  as: 'as', das: 'as', nas: 'as', às: 'as', pelas: 'as', estas: 'as', essas: 'as',
  the: 'the',
};

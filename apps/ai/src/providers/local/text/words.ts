import type { TextLanguage } from './text-language.js';

export interface Token {
  readonly text: string;
  readonly lower: string;
  /** Whether punctuation, or the start of the text, stands before. */
  readonly breakBefore: boolean;
  readonly first: boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}₀-₉⁰¹²³⁴-⁹]*(?:(?:['’-]|\/(?=\p{Lu}{2}))[\p{L}\p{N}]+)*/gu;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const gap = text.slice(end, match.index);
    tokens.push({ text: match[0], lower: match[0].toLowerCase(), breakBefore: tokens.length === 0 || /[^\s]/u.test(gap), first: tokens.length === 0 });
    end = match.index + match[0].length;
  }
  return tokens;
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

export const isContentWord = (lower: string, language: TextLanguage): boolean => lower.length > 2 && /\p{L}/u.test(lower) && !language.stopWords.has(lower);

/** Stems of the words that carry meaning. */
export function contentStems(text: string, language: TextLanguage): string[] {
  return tokenize(text).filter(({ lower }) => isContentWord(lower, language)).map(({ lower }) => language.stem(lower));
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence that ends as one. */
export const closed = (sentence: string): string => (/[.!?…:;]["”»')\]]*$/u.test(sentence) ? sentence.replace(/;$/, '.') : `${sentence.replace(/[,–—-]+$/u, '')}.`);

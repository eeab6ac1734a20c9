import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';
import { BoundedCache } from '../core/bounded-cache.js';

const REMEMBERED_TEXTS = 2_000;
const REMEMBERED_LENGTH = 16_384;
/** Special marks in a text count as the characters they are. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** The library's time grows with the square of a run's length: longer runs are cut, at the cost of a token or two. */
const LONG_RUN = /\S{401}|\s{401}/u;
const PIECES = /\s?\S{1,400}|\s{1,400}/gu;

const tokensOf = (text: string): number[] => (LONG_RUN.test(text) ? (text.match(PIECES) ?? []).flatMap((piece) => encode(piece, AS_TEXT)) : encode(text, AS_TEXT));

const counts = new BoundedCache<number>(REMEMBERED_TEXTS);

/** Tokens of a text in the encoding of OpenAI's models since GPT-4o (o200k_base). */
export function countTokens(text: string): number {
  if (text === '') return 0;
  if (text.length > REMEMBERED_LENGTH) return tokensOf(text).length;
  return counts.getOrMake(text, () => tokensOf(text).length);
}

/** The first tokens of a text, and how many they are. */
export function firstTokens(text: string, limit: number): { readonly text: string; readonly count: number; readonly isCut: boolean } {
  const tokens = tokensOf(text);
  if (tokens.length <= limit) return { text, count: tokens.length, isCut: false };
  return { text: decodedOneByOne(tokens).slice(0, limit).join(''), count: limit, isCut: true };
}

/** A text in pieces of about so many tokens, each of whole characters: what a stream sends one by one. */
export function tokenPieces(text: string, size: number): string[] {
  const decoded = decodedOneByOne(tokensOf(text));
  const pieces: string[] = [];
  for (let from = 0; from < decoded.length; from += size) pieces.push(decoded.slice(from, from + size).join(''));
  return pieces.filter((piece) => piece !== '');
}

/**
 * A token that ends inside a character decodes to nothing, and the next one to the whole character. The library's decoder keeps the rest of a character until
 * its next call, so a text is always decoded to its end.
 */
const decodedOneByOne = (tokens: readonly number[]): string[] => tokens.map((token) => decode([token]));

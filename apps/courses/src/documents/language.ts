import type { Block } from '@tecnocursos/contracts';
import { detectAll } from 'tinyld';

/** Scripts other than Latin, with the language to name when the detector finds none. */
const SCRIPTS: ReadonlyArray<{ pattern: RegExp; language: string }> = [
  { pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, language: 'ja' },
  { pattern: /\p{Script=Hangul}/gu, language: 'ko' },
  { pattern: /\p{Script=Han}/gu, language: 'zh' },
  { pattern: /\p{Script=Cyrillic}/gu, language: 'ru' },
  { pattern: /\p{Script=Arabic}/gu, language: 'ar' },
  { pattern: /\p{Script=Hebrew}/gu, language: 'he' },
  { pattern: /\p{Script=Greek}/gu, language: 'el' },
  { pattern: /\p{Script=Devanagari}/gu, language: 'hi' },
  { pattern: /\p{Script=Thai}/gu, language: 'th' },
];

const LATIN_CANDIDATES = ['pt', 'en', 'es', 'fr', 'it', 'de', 'nl', 'ro', 'pl', 'sv', 'da', 'fi', 'tr', 'cs', 'hu', 'vi', 'id', 'la'];
const SAMPLE_CHARACTERS = 500;
const MOST_SAMPLES = 40;
/** Below this many letters n-grams guess; the house's own languages are then told apart by their commonest words. */
const ENOUGH_LETTERS = 60;

/** @returns a BCP 47 tag: `pt-BR` for all Portuguese, `und` for text without letters. */
export function detectLanguage(text: string): string {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  const foreign = detectScript(text, letters);
  if (foreign !== undefined) return foreign;
  const language = letters < ENOUGH_LETTERS ? guessShort(text) : voteOf(text);
  return language === 'pt' ? 'pt-BR' : language;
}

/** The words of a document that tell its language: no code, and no numbers. */
export function proseOf(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).filter((text) => text !== '').join('\n');
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'notes':
      return block.text;
    case 'list':
      return block.items.map(({ text }) => text).join('\n');
    case 'table':
      return block.rows.flat().join('\n');
    case 'picture':
      return block.caption ?? block.alt;
    case 'code':
      return '';
  }
}

function detectScript(text: string, letters: number): string | undefined {
  for (const { pattern, language } of SCRIPTS) {
    const count = text.match(pattern)?.length ?? 0;
    // A tenth of kana makes a text Japanese, whatever the Chinese characters around.
    const enough = language === 'ja' ? letters * 0.1 : letters * 0.4;
    if (count > enough) return detectAll(text.slice(0, SAMPLE_CHARACTERS))[0]?.lang ?? language;
  }
  return undefined;
}

function voteOf(text: string): string {
  const votes = new Map<string, number>();
  const step = Math.max(SAMPLE_CHARACTERS, Math.floor(text.length / MOST_SAMPLES));
  for (let at = 0; at < text.length; at += step) {
    const best = detectAll(text.slice(at, at + SAMPLE_CHARACTERS), { only: LATIN_CANDIDATES })[0];
    if (best !== undefined) votes.set(best.lang, (votes.get(best.lang) ?? 0) + best.accuracy);
  }
  const winner = [...votes].sort(([, one], [, other]) => other - one)[0];
  return winner?.[0] ?? guessShort(text);
}

const PORTUGUESE = /[ãõçâêôáéíóú]|\b(o|a|os|as|de|da|do|em|um|uma|e|que|para|com|não|aula|por)\b/giu;
const ENGLISH = /\b(the|of|and|a|an|to|in|is|are|for|with|on|what|how|lesson|hello|by|this)\b/giu;

function guessShort(text: string): string {
  const portuguese = text.match(PORTUGUESE)?.length ?? 0;
  const english = text.match(ENGLISH)?.length ?? 0;
  if (portuguese === 0 && english === 0) return detectAll(text, { only: ['pt', 'en'] })[0]?.lang ?? 'pt';
  return english > portuguese ? 'en' : 'pt';
}

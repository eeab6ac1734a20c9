import type { ContentAnalysis, Language } from '@tecnocursos/contracts';
import { splitSentences } from '../text/sentences.js';
import { countWords } from '../text/words.js';

/** Flesch's reading ease; for Portuguese moved by 42 points, because its words have more syllables (Martins, Ghiraldelo, Nunes and Oliveira Junior, 1996). */
const BASE: Readonly<Record<Language, number>> = { 'pt-BR': 248.835, en: 206.835 };
const PER_WORD_OF_A_SENTENCE = 1.015;
const PER_SYLLABLE_OF_A_WORD = 84.6;
const SILENT_READING_WORDS_PER_MINUTE = 200;

const LABELS: Readonly<Record<Language, readonly (readonly [from: number, label: string])[]>> = {
  'pt-BR': [[75, 'muito fácil'], [50, 'fácil'], [25, 'difícil'], [0, 'muito difícil']],
  en: [[80, 'easy'], [60, 'plain'], [40, 'difficult'], [0, 'very difficult']],
};

/** Vowels of one syllable; an `u` after `q` or `g` is none of its own, nor is the `i` of `história`, unlike that of `energia`. */
const DIPHTHONG = /[aeiouáéíóúâêô][iu](?![aeiouáéíóú])|[ãõ][eo]|[qg]u(?=[aeiouáéíóúâêô])|(?<=[áéíóúâêô].*)i[ao](?=s?$)/g;
const PORTUGUESE_VOWEL = /[aeiouyáéíóúâêôàãõü]/g;

/** Syllables of a word, by its vowels. */
export function syllables(word: string, language: Language): number {
  const lower = word.toLowerCase();
  if (language === 'en') {
    const groups = lower.replace(/(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$/, (end) => end.charAt(0)).match(/[aeiouy]+/g);
    return Math.max(1, groups?.length ?? 0);
  }
  return Math.max(1, lower.replaceAll(DIPHTHONG, (pair) => (pair.startsWith('q') || pair.startsWith('g') ? '' : 'a')).match(PORTUGUESE_VOWEL)?.length ?? 0);
}

/** How easily a text reads, how long it takes, how many words it has. */
export function measuresOf(text: string, language: Language): Pick<ContentAnalysis, 'readability' | 'reading_minutes' | 'word_count'> {
  const words = text.match(/\p{L}+/gu) ?? [];
  const sentences = Math.max(1, text.split(/\n+/).reduce((sum, line) => sum + splitSentences(line, language).filter((sentence) => /\p{L}/u.test(sentence)).length, 0));
  const wordCount = countWords(text);
  const score = easeOf(words, sentences, language);
  return {
    readability: { score, label: LABELS[language].find(([from]) => score >= from)?.[1] ?? '' },
    reading_minutes: Math.round((wordCount / SILENT_READING_WORDS_PER_MINUTE) * 10) / 10,
    word_count: wordCount,
  };
}

function easeOf(words: readonly string[], sentences: number, language: Language): number {
  if (words.length === 0) return 0;
  const total = words.reduce((sum, word) => sum + syllables(word, language), 0);
  const ease = BASE[language] - PER_WORD_OF_A_SENTENCE * (words.length / sentences) - PER_SYLLABLE_OF_A_WORD * (total / words.length);
  return Math.round(Math.min(100, Math.max(0, ease)) * 10) / 10;
}

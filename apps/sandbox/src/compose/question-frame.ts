import { isStopWord, wordsOf } from './language.js';
import type { Material } from './material.js';

/** A review question made of one sentence: a word of it is asked for. */
export interface QuestionFrame {
  /** The sentence with a gap where the word stood. */
  readonly cloze: string;
  readonly sentence: string;
  /** The right one stands at `answerIndex`; the others are words of the same text. */
  readonly options: readonly string[];
  readonly answerIndex: number;
}

const OPTIONS = 4;
const SHORTEST_WORD = 4;
const LONGEST_SENTENCE = 300;
const NO_OTHERS = { pt: ['nenhuma das outras', 'todas as outras', 'não se sabe'], en: ['none of the others', 'all of the others', 'it is not known'] };

/** The sentences that a question can be asked about. */
export const askable = (material: Material): readonly string[] => [...new Set(material.sentences)].filter((sentence) => sentence.length <= LONGEST_SENTENCE && wordAskedFor(sentence) !== undefined);

export function questionFrame(material: Material, ordinal: number): QuestionFrame {
  const sentences = askable(material);
  const sentence = sentences[ordinal % Math.max(1, sentences.length)] ?? material.title;
  const answer = wordAskedFor(sentence) ?? material.title;
  const wrong = [...new Set([...material.keywords.filter((word) => word !== answer.toLowerCase()), ...NO_OTHERS[material.language]])].slice(0, OPTIONS - 1);
  const answerIndex = ordinal % OPTIONS;
  return { cloze: sentence.replace(answer, '____'), sentence, options: [...wrong.slice(0, answerIndex), answer, ...wrong.slice(answerIndex)], answerIndex };
}

/** The longest word that is not a function word. */
function wordAskedFor(sentence: string): string | undefined {
  const words = wordsOf(sentence).filter((word) => word.length >= SHORTEST_WORD && !isStopWord(word.toLowerCase()));
  return words.length === 0 ? undefined : words.reduce((longest, word) => (word.length > longest.length ? word : longest));
}

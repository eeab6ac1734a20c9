import type { QuizQuestion, WordTiming } from '@tecnocursos/contracts';
import type { NarratedSlide } from './narration.js';

/** Word timings as a voice of a steady pace would give them: 60 ms a letter, and a pause after every sentence. */
export function speak(text: string, options: { letterMs?: number; sentencePauseMs?: number } = {}): WordTiming[] {
  const { letterMs = 60, sentencePauseMs = 350 } = options;
  let now = 0;
  let sentence = 0;
  return text.split(' ').map((word) => {
    const timing = { text: word, start_ms: now, end_ms: now + word.length * letterMs, sentence };
    now = timing.end_ms + letterMs;
    if (/[.!?]$/u.test(word)) {
      sentence += 1;
      now += sentencePauseMs;
    }
    return timing;
  });
}

/** Slides one after the other, each with a short silence at its end. */
export function narrate(slides: readonly { title: string; text: string }[], options: { letterMs?: number } = {}): NarratedSlide[] {
  let start = 0;
  return slides.map(({ title, text }) => {
    const words = speak(text, options);
    const slide = { title, words, start_ms: start, end_ms: start + (words.at(-1)?.end_ms ?? 0) + 500 };
    start = slide.end_ms;
    return slide;
  });
}

export function question(number: number, overrides: Partial<QuizQuestion> = {}): QuizQuestion {
  return {
    id: `q${number}`,
    kind: 'multiple_choice',
    prompt: `Pergunta ${number}?`,
    options: ['Primeira', 'Segunda', 'Terceira'],
    answer_index: number % 3,
    explanation: `Explicação ${number}.`,
    ...overrides,
  };
}

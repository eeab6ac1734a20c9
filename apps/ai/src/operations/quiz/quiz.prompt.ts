import type { Language, OutlineLesson } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { DocumentChunk } from '../chunks.js';
import { visibleLine } from '../clean-text.js';
import { givens, withHouseRules } from '../house-rules.js';
import { enclosed } from '../untrusted.js';

export const QuizDraftSchema = z.object({
  questions: z.array(z.object({
    kind: z.enum(['cloze', 'definition', 'true_false', 'multiple_choice']),
    prompt: z.string().trim().min(1).max(800),
    options: z.array(z.string().trim().min(1).max(400)).min(2).max(5),
    answer_index: z.int().min(0).describe('place of the right option, from 0'),
    explanation: z.string().trim().min(1).max(1_000).describe('why it is right, by the material'),
  })).min(1).max(40),
});
export type QuizDraft = z.infer<typeof QuizDraftSchema>;

export interface QuizWish {
  readonly language: Language;
  readonly lesson: OutlineLesson;
  readonly count: number;
}

const TASK: Readonly<Record<Language, string>> = {
  'pt-BR': `Você escreve questões de revisão sobre uma aula. Cada questão se responde só com o material e tem exatamente uma alternativa certa.
As erradas são plausíveis, diferentes entre si e de tamanho parecido com o da certa. Varie a posição da certa e os tipos: cloze (frase com lacuna ____), definition, true_false (duas alternativas) e multiple_choice (quatro).
Pergunte o que importa para os objetivos; a explicação diz por que a certa está certa.`,
  en: `You write review questions about a lesson. Each question is answered by the material alone and has exactly one right option.
The wrong ones are plausible, different from one another and about as long as the right one. Vary the place of the right one and the kinds: cloze (a sentence with a gap ____), definition, true_false (two options) and multiple_choice (four).
Ask what matters for the objectives; the explanation says why the right one is right.`,
};

export function quizPrompt(chunk: DocumentChunk, wish: QuizWish, count: number): { instructions: string; text: string } {
  const { lesson, language } = wish;
  const facts = givens({ lesson: visibleLine(lesson.title), objectives: lesson.objectives.map(visibleLine).join('; ') || undefined, questions: count });
  return { instructions: withHouseRules(language, TASK[language]), text: `${facts}\n${enclosed(chunk.lines.join('\n'))}` };
}

import type { Document, Language } from '@tecnocursos/contracts';
import { z } from 'zod';
import { visibleLine } from '../clean-text.js';
import type { DocumentChunk } from '../chunks.js';
import { givens, withHouseRules } from '../house-rules.js';
import { enclosed } from '../untrusted.js';

const line = (length: number) => z.string().trim().min(1).max(length);

export const OutlineDraftSchema = z.object({
  title: line(200).describe('title of the course'),
  summary: z.string().max(2_000).describe('two or three sentences'),
  lessons: z.array(z.object({
    title: line(160),
    module: z.string().trim().max(160).describe('title of the module that the lesson belongs to; empty when the course has no modules'),
    first_block: z.int().min(0).describe('number in brackets of the first block of the lesson'),
    end_block: z.int().min(1).describe('number of the block after the last one of the lesson'),
    objectives: z.array(line(300)).min(1).max(6).describe('what the learner can do afterwards; each begins with a verb'),
    key_points: z.array(line(300)).max(8),
    key_terms: z.array(z.object({ term: line(120), definition: z.string().trim().max(600).describe('as the material defines it; empty when it does not') })).max(12),
    summary: z.string().max(1_500).describe('two or three sentences'),
  })).min(1).max(80),
});
export type OutlineDraft = z.infer<typeof OutlineDraftSchema>;

export interface OutlineWish {
  readonly language: Language;
  readonly lessonMinutes: number;
  readonly title: string | undefined;
  readonly audience: string | undefined;
}

const TASK: Readonly<Record<Language, string>> = {
  'pt-BR': `Você planeja cursos em vídeo para professores. Divida o documento em aulas.
Cada linha do material é um bloco, com o número entre colchetes. Uma aula cobre os blocos de first_block até end_block, sem incluir este.
As aulas são contíguas, na ordem do documento: a primeira começa no primeiro bloco, cada uma começa onde a anterior termina e a última termina depois do último bloco.
Comece aulas em títulos sempre que possível e busque a duração pedida (cerca de 115 palavras do texto por minuto).
Escreva de 2 a 6 objetivos por aula, com verbos de ação; termos-chave com a definição do texto; pontos-chave; e um resumo.
Agrupe aulas em módulos só quando o documento tiver partes claras.`,
  en: `You plan video courses for teachers. Divide the document into lessons.
Each line of the material is a block, with its number in brackets. A lesson covers the blocks from first_block up to end_block, which is not included.
Lessons are contiguous and in the order of the document: the first begins at the first block, each begins where the one before ends, and the last ends after the last block.
Begin lessons at headings where you can, and aim at the wanted length (about 115 words of the text a minute).
Write 2 to 6 objectives a lesson, with verbs of action; key terms with the text's definition; key points; and a summary.
Group lessons into modules only when the document has clear parts.`,
};

export function outlinePrompt(document: Document, chunk: DocumentChunk, wish: OutlineWish): { instructions: string; text: string } {
  const facts = givens({
    title: wish.title === undefined ? undefined : visibleLine(wish.title),
    audience: wish.audience === undefined ? undefined : visibleLine(wish.audience),
    lesson_minutes: wish.lessonMinutes,
    first_block: chunk.first,
    end_block: chunk.end,
  });
  return { instructions: withHouseRules(wish.language, TASK[wish.language]), text: `${facts}\n${enclosed(chunk.lines.join('\n'))}` };
}

import { ModerationCategorySchema, type Language } from '@tecnocursos/contracts';
import { z } from 'zod';
import { withHouseRules } from '../house-rules.js';
import { textMaterial } from '../untrusted.js';

const name = (length: number) => z.string().trim().min(1).max(length);

export const AnalysisDraftSchema = z.object({
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).describe('BCP 47 tag of the language of the text'),
  level: z.enum(['basic', 'intermediate', 'advanced']).describe('of the reader that it is written for'),
  topics: z.array(name(80)).max(12).describe('what it is about, the most important first'),
  keywords: z.array(name(60)).max(30),
  entities: z.array(z.object({ name: name(120).describe('as it stands in the text'), kind: z.enum(['person', 'place', 'organization', 'work', 'date', 'other']) })).max(60),
  sentiment: z.object({ label: z.enum(['positive', 'neutral', 'negative', 'mixed']), score: z.number().min(0).max(1).describe('how sure, 0 to 1') }),
  title: name(160).describe('for a catalogue'),
  description: name(400).describe('for a catalogue, at most 300 characters'),
  tags: z.array(name(40)).max(15).describe('lower case'),
  unfit: z.array(ModerationCategorySchema).describe('what makes it unfit for a course; mentioning a subject in order to teach it does not'),
});
export type AnalysisDraft = z.infer<typeof AnalysisDraftSchema>;

const TASK: Readonly<Record<Language, string>> = {
  'pt-BR': 'Você analisa textos didáticos: língua, nível, assuntos, palavras-chave, entidades, sentimento, dados de catálogo e conteúdo impróprio.',
  en: 'You analyse teaching texts: language, level, topics, keywords, entities, sentiment, catalogue data and unfit content.',
};

export const analysisPrompt = (part: string, language: Language): { instructions: string; text: string } => ({
  instructions: withHouseRules(language, TASK[language]),
  text: textMaterial(part),
});

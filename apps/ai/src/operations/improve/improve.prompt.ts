import { ImproveGoalSchema, type ImproveGoal, type Language } from '@tecnocursos/contracts';
import { z } from 'zod';
import { visibleLine } from '../clean-text.js';
import { givens, withHouseRules } from '../house-rules.js';
import { textMaterial } from '../untrusted.js';

export const ImprovedDraftSchema = z.object({
  text: z.string().min(1).describe('the whole improved text, with its line breaks and Markdown'),
  edits: z.array(z.object({
    goal: ImproveGoalSchema,
    before: z.string().min(1).max(2_000).describe('a passage, copied letter by letter from the given text'),
    after: z.string().max(2_000).describe('what stands in its place; empty when it was taken out'),
    reason: z.string().trim().min(1).max(400),
  })).max(400),
});
export type ImprovedDraft = z.infer<typeof ImprovedDraftSchema>;

export interface ImproveWish {
  readonly language: Language;
  readonly goals: readonly ImproveGoal[];
  readonly tone: string | undefined;
  readonly level: string | undefined;
}

const TASK: Readonly<Record<Language, string>> = {
  'pt-BR': `Você revisa textos didáticos. Melhore o texto só para os objetivos pedidos: clarity (clareza), grammar (ortografia e gramática), tone (tom) e level (nível do leitor).
Mantenha o sentido, os fatos, os nomes, os números, os endereços, a língua, as quebras de linha e as marcas de Markdown. Mude o mínimo que basta.
Liste cada mudança: before é cópia exata de um trecho do texto dado, after é o que ficou no lugar, reason diz por quê, em uma frase.`,
  en: `You edit teaching texts. Improve the text for the wanted goals only: clarity, grammar (with spelling), tone, and level (of the reader).
Keep meaning, facts, names, figures, addresses, language, line breaks and Markdown. Change as little as will do.
List every change: before is an exact copy of a passage of the given text, after is what stands in its place, reason says why in one sentence.`,
};

export function improvePrompt(part: string, wish: ImproveWish): { instructions: string; text: string } {
  const facts = givens({ goals: wish.goals.join(', '), tone: wish.tone && visibleLine(wish.tone), level: wish.level && visibleLine(wish.level) });
  return { instructions: withHouseRules(wish.language, TASK[wish.language]), text: `${facts}\n${textMaterial(part)}` };
}

import { z } from 'zod';
import { withMaterialRules } from '../house-rules.js';
import { textMaterial } from '../untrusted.js';

const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const TranslationDraftSchema = z.object({
  text: z.string().min(1).describe('the whole translation'),
  source_language: z.string().regex(LANGUAGE_TAG).describe('BCP 47 tag of the language of the given text'),
});
export type TranslationDraft = z.infer<typeof TranslationDraftSchema>;

const task = (target: string, source: string | undefined): string => `You translate teaching texts${source === undefined ? '' : ` from the language "${source}"`} to the language with the BCP 47 tag "${target}".
Translate all of it and nothing else, in the words that teachers of that language use. Keep line breaks, Markdown, tags such as <break time="400ms"/>, code, formulas, figures and web addresses as they are.`;

export const translationPrompt = (part: string, target: string, source: string | undefined): { instructions: string; text: string } => ({
  instructions: withMaterialRules('en', task(target, source)),
  text: textMaterial(part),
});

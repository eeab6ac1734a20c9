import { z } from 'zod';

/** What is blocked: everything from the named probability of harm on, nothing (`BLOCK_NONE`), or the filter is off (`OFF`). */
export const SAFETY_THRESHOLDS = ['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'] as const;
export type SafetyThreshold = (typeof SAFETY_THRESHOLDS)[number];

const CATEGORIES = {
  GEMINI_SAFETY_HARASSMENT: 'HARM_CATEGORY_HARASSMENT',
  GEMINI_SAFETY_HATE_SPEECH: 'HARM_CATEGORY_HATE_SPEECH',
  GEMINI_SAFETY_SEXUALLY_EXPLICIT: 'HARM_CATEGORY_SEXUALLY_EXPLICIT',
  GEMINI_SAFETY_DANGEROUS_CONTENT: 'HARM_CATEGORY_DANGEROUS_CONTENT',
} as const;
type SafetyVariable = keyof typeof CATEGORIES;
export type SafetyCategory = (typeof CATEGORIES)[SafetyVariable];

export interface SafetyRule {
  readonly category: SafetyCategory;
  readonly threshold: SafetyThreshold;
}

const thresholdOf = (what: string) =>
  z.enum(SAFETY_THRESHOLDS).optional().meta({ description: `threshold for ${what}, in place of GEMINI_SAFETY_THRESHOLD: ${SAFETY_THRESHOLDS.join(', ')}` });

/** Teaching material is read by minors too: the default blocks from medium probability on. */
export const SAFETY_ENVIRONMENT = {
  GEMINI_SAFETY_THRESHOLD: z.enum(SAFETY_THRESHOLDS).default('BLOCK_MEDIUM_AND_ABOVE')
    .meta({ description: `what Gemini blocks, in all categories: ${SAFETY_THRESHOLDS.join(', ')}` }),
  GEMINI_SAFETY_HARASSMENT: thresholdOf('harassment'),
  GEMINI_SAFETY_HATE_SPEECH: thresholdOf('hate speech'),
  GEMINI_SAFETY_SEXUALLY_EXPLICIT: thresholdOf('sexually explicit content'),
  GEMINI_SAFETY_DANGEROUS_CONTENT: thresholdOf('dangerous content'),
};

type SafetyVariables = Readonly<Record<'GEMINI_SAFETY_THRESHOLD', SafetyThreshold>> & Readonly<Partial<Record<SafetyVariable, SafetyThreshold | undefined>>>;

/** One rule for each of the four categories that the Gemini API has settings for. */
export const safetyRules = (variables: SafetyVariables): SafetyRule[] =>
  (Object.keys(CATEGORIES) as SafetyVariable[]).map((variable) => ({ category: CATEGORIES[variable], threshold: variables[variable] ?? variables.GEMINI_SAFETY_THRESHOLD }));

/** Operations of the AI domain, as they stand in definitions, statistics and the overview of integrations. */
export const AI_OPERATIONS = [
  'chat', 'structure-content', 'generate-script', 'generate-quiz', 'improve-text', 'analyze-content', 'moderate', 'describe-image', 'translate',
] as const;
export type AiOperation = (typeof AI_OPERATIONS)[number];

/** What a vendor with a language model that sees pictures can do. */
export const OF_A_LANGUAGE_MODEL = AI_OPERATIONS;

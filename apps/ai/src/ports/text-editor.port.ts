import type { ContentAnalysis, ImproveGoal, ImprovedText, Language } from '@tecnocursos/contracts';

/** Improves and analyses texts by rules, on this machine. */
export interface TextEditor {
  /** Corrects what rules can correct; goals that need understanding come back in `warnings`. */
  improve(text: string, options: { readonly language: Language; readonly goals: readonly ImproveGoal[] }): { readonly improved: ImprovedText; readonly warnings: readonly string[] };
  analyze(text: string, options: { readonly language?: Language }): ContentAnalysis;
}

import { Injectable } from '@nestjs/common';
import type { ModerationResult, Routing } from '@tecnocursos/contracts';
import type { AttemptResult, Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { MODERATION_CATEGORIES, type ContentModerator, type ModeratedInput } from '../../ports/content-moderator.port.js';
import { visibleText } from '../clean-text.js';
import type { Findings } from '../findings.js';
import { OperationRunner } from '../operation-runner.js';
import { ModerationDraftSchema, moderationPrompt, type ModerationDraft } from './moderation.prompt.js';

const TOKENS_PER_INPUT = 90;
/** Score from which on a category counts as found. */
const FOUND = 0.5;

/** Judges whether texts are fit for a course. */
@Injectable()
export class ModerateService {
  constructor(private readonly runner: OperationRunner) {}

  moderate(given: readonly string[], routing: Routing | undefined, caller: AiCaller): Promise<Served<ModerationResult[]>> {
    const inputs = given.map(visibleText);
    const { instructions, text } = moderationPrompt(inputs);
    return this.runner.run<ModerationDraft, ModerationResult[]>({
      operation: 'moderate', caller, routing, usualTier: 'economy', cache: inputs,
      task: {
        name: 'moderation', schema: ModerationDraftSchema, instructions, content: [{ type: 'text', text }], answerTokens: TOKENS_PER_INPUT * inputs.length,
        sense: (draft, findings) => senseModeration(draft, inputs.length, findings),
      },
      hasEngine: (port) => port.moderator !== undefined,
      engine: ({ moderator }, signal) => moderator && moderated(moderator, inputs, signal),
    });
  }
}

export function senseModeration({ results }: ModerationDraft, count: number, findings: Findings): ModerationResult[] {
  if (results.length !== count) findings.problem(`results: there are ${count} texts, and ${results.length} results.`);
  return results.map(resultOf);
}

/** Scores decide; a vendor's flag stands even when no house category reaches the threshold, with the category that comes closest. */
export function resultOf({ flagged, scores }: ModeratedInput): ModerationResult {
  const found = MODERATION_CATEGORIES.filter((category) => scores[category] >= FOUND);
  const highest = MODERATION_CATEGORIES.reduce((best, category) => (scores[category] > scores[best] ? category : best));
  const categories = found.length > 0 || !flagged || scores[highest] === 0 ? found : [highest];
  return { flagged: flagged || found.length > 0, categories, scores: { ...scores } };
}

async function moderated(moderator: ContentModerator, inputs: readonly string[], signal: AbortSignal): Promise<AttemptResult<ModerationResult[]>> {
  const { results, model, usage } = await moderator.moderate(inputs, { signal });
  return { value: results.map(resultOf), usage, model };
}

import { ProviderFailure } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { ModerationCategory, ModeratedInput } from '../../ports/content-moderator.port.js';
import type { GenerationRequest } from '../../ports/language-model.port.js';
import { toChatWire, type ChatWireRequest } from '../../wire/openai-chat.js';

/** `store: false`: the vendor keeps nothing for its own console. */
export type OpenAiChatBody = ChatWireRequest & { store: false; max_completion_tokens?: number };

export function toOpenAiChat(request: GenerationRequest): { body: OpenAiChatBody; warnings: string[] } {
  const { body, warnings } = toChatWire(request);
  const limit = request.maxOutputTokens;
  return { body: limit === undefined ? { ...body, store: false } : { ...body, store: false, max_completion_tokens: limit }, warnings };
}

/** The vendor's categories of `omni-moderation-latest`; the highest score of a house category's own counts. */
const CATEGORIES: Readonly<Record<ModerationCategory, readonly string[]>> = {
  harassment: ['harassment', 'harassment/threatening'],
  hate: ['hate', 'hate/threatening'],
  self_harm: ['self-harm', 'self-harm/intent', 'self-harm/instructions'],
  sexual: ['sexual'],
  sexual_minors: ['sexual/minors'],
  violence: ['violence', 'violence/graphic'],
  illicit: ['illicit', 'illicit/violent'],
};

const ModerationSchema = z.looseObject({
  model: z.string(),
  results: z.array(z.looseObject({ flagged: z.boolean(), category_scores: z.record(z.string(), z.number().nullable()) })),
});

/** @throws ProviderFailure `malformed` unless there is one result for each input. */
export function readModeration(answer: unknown, inputs: number): { results: ModeratedInput[]; model: string } {
  const parsed = ModerationSchema.safeParse(answer);
  if (!parsed.success || parsed.data.results.length !== inputs) {
    throw new ProviderFailure('malformed', 'The vendor did not send one moderation result for each text.', { usage: { requests: 1 } });
  }
  const { model, results } = parsed.data;
  return { model, results: results.map(({ flagged, category_scores: scores }) => ({ flagged, scores: houseScores(scores) })) };
}

function houseScores(scores: Readonly<Record<string, number | null>>): Record<ModerationCategory, number> {
  const highest = (names: readonly string[]): number => Math.min(1, Math.max(0, ...names.map((name) => scores[name] ?? 0)));
  const entries = Object.entries(CATEGORIES).map(([category, names]) => [category, highest(names)]);
  return Object.fromEntries(entries) as Record<ModerationCategory, number>;
}

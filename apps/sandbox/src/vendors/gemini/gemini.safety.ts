import type { Harm } from '../../compose/moderation.js';
import type { GenerateRequest } from './gemini.request.js';

export interface SafetyRating {
  readonly category: string;
  readonly probability: 'NEGLIGIBLE' | 'LOW' | 'MEDIUM' | 'HIGH';
  readonly blocked?: true;
}

const HARMS: Readonly<Record<string, readonly Harm[]>> = {
  HARM_CATEGORY_HARASSMENT: ['harassment', 'harassment/threatening'],
  HARM_CATEGORY_HATE_SPEECH: ['hate', 'hate/threatening'],
  HARM_CATEGORY_SEXUALLY_EXPLICIT: ['sexual'],
  HARM_CATEGORY_DANGEROUS_CONTENT: ['illicit', 'illicit/violent', 'self-harm', 'self-harm/intent', 'self-harm/instructions', 'violence', 'violence/graphic'],
};
/** Blocked whatever the settings say. */
const ALWAYS: Harm = 'sexual/minors';
const LEVELS = ['NEGLIGIBLE', 'LOW', 'MEDIUM', 'HIGH'] as const;
const LEAST_LOW = 0.2;
const LEAST_MEDIUM = 0.5;
const LEAST_HIGH = 0.85;
/** Index in `LEVELS` from which on a threshold blocks. */
const BLOCKED_FROM: Readonly<Record<string, number>> = { BLOCK_LOW_AND_ABOVE: 1, BLOCK_MEDIUM_AND_ABOVE: 2, BLOCK_ONLY_HIGH: 3, BLOCK_NONE: LEVELS.length, OFF: LEVELS.length };
const DEFAULT_THRESHOLD = 'BLOCK_MEDIUM_AND_ABOVE';

export interface SafetyVerdict {
  readonly ratings: readonly SafetyRating[];
  readonly blockReason?: 'SAFETY' | 'PROHIBITED_CONTENT';
}

/** Rates a prompt, and blocks it as the request's settings want. */
export function judge(scores: Readonly<Record<Harm, number>>, settings: GenerateRequest['safetySettings'] = []): SafetyVerdict {
  const ratings = Object.entries(HARMS).map(([category, harms]): SafetyRating => {
    const level = levelOf(Math.max(...harms.map((harm) => scores[harm])));
    const threshold = settings.find((setting) => setting.category === category)?.threshold ?? DEFAULT_THRESHOLD;
    const isBlocked = level >= (BLOCKED_FROM[threshold] ?? BLOCKED_FROM[DEFAULT_THRESHOLD] ?? LEVELS.length);
    return { category, probability: LEVELS[level] ?? 'NEGLIGIBLE', ...(isBlocked && { blocked: true }) };
  });
  if (scores[ALWAYS] >= LEAST_MEDIUM) return { ratings, blockReason: 'PROHIBITED_CONTENT' };
  return ratings.some(({ blocked }) => blocked) ? { ratings, blockReason: 'SAFETY' } : { ratings };
}

function levelOf(score: number): number {
  if (score >= LEAST_HIGH) return 3;
  if (score >= LEAST_MEDIUM) return 2;
  return score >= LEAST_LOW ? 1 : 0;
}

import { APIError, APIUserAbortError } from '@runwayml/sdk';
import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { transportFailure } from '../../wire/transport-failure.js';

const ErrorSchema = z.looseObject({
  error: z.string(), issues: z.array(z.looseObject({ code: z.string().optional(), path: z.array(z.union([z.string(), z.number()])).default([]), message: z.string().default('') })).default([]),
});

/** Runway names its errors in words; these are more exact than their status (docs.dev.runwayml.com, errors). */
const KIND_OF_WORDS: readonly [pattern: RegExp, kind: FailureKind][] = [
  [/not have enough credits|insufficient credits/i, 'quota'],
  [/moderation|safety/i, 'content_policy'],
  [/model .*(?:not available|not found|no access)|invalid model/i, 'unsupported'],
];

const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Runway does not accept the credentials that are set.',
  quota: 'The credits at Runway are used up.',
  rate_limited: 'Runway’s rate limit, or its number of clips a day, is reached.',
  unavailable: 'Runway is not available at the moment.',
  content_policy: 'Runway refused the request for its content.',
};

/** Our fields of theirs. */
const FIELDS: Readonly<Record<string, string>> = { promptImage: 'image_key', promptText: 'prompt', duration: 'seconds', ratio: 'aspect' };
const LONGEST_MESSAGE = 300;

export function runwayFailure(error: unknown, now: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof APIUserAbortError) return new ProviderFailure('canceled', 'The call was given up.');
  if (!(error instanceof APIError) || error.status === undefined) return transportFailure(error);
  const { status, headers } = error as APIError<number, Headers>;
  const told = ErrorSchema.safeParse(error.error);
  const words = told.success ? told.data.error : '';
  const kind = KIND_OF_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? kindOfStatus(status);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? retryAfterMs((name) => headers.get(name), now) : undefined;
  const issue = told.success ? told.data.issues[0] : undefined;
  const field = issue === undefined ? undefined : FIELDS[String(issue.path[0])];
  const message = `${words}${issue ? ` ${issue.message}` : ''}`.slice(0, LONGEST_MESSAGE) || 'Runway refused the request.';
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? message, {
    status, ...(wait !== undefined && { retryAfterMs: wait }), ...(issue?.code !== undefined && { vendorCode: issue.code }), ...(kind === 'invalid_request' && field !== undefined && { field }),
  });
}

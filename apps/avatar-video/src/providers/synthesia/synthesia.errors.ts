import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import { transportFailure } from '../../wire/transport-failure.js';
import { VendorHttpError } from '../../wire/vendor-http.js';

/** Bodies are `{error, context?}` in words, without codes: a few of them are more exact than their status (docs.synthesia.io, reference). */
const KIND_OF_WORDS: readonly [pattern: RegExp, kind: FailureKind][] = [
  [/moderat|content polic|not allowed content/i, 'content_policy'],
  [/quota|credit|minutes? (?:left|remaining|exceeded)|plan limit|upgrade/i, 'quota'],
  [/invalid api key|unauthori[sz]ed|authenticat/i, 'auth'],
  [/avatar .*(?:not found|does not exist)|unknown avatar|voice .*not found/i, 'unsupported'],
];

const OWN_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  auth: 'Synthesia does not accept the credentials that are set, or they do not allow this.',
  quota: 'The minutes at Synthesia are used up.',
  rate_limited: 'Synthesia’s rate limit is reached.',
  unavailable: 'Synthesia is not available at the moment.',
  content_policy: 'Synthesia refused the request for its content.',
  unsupported: 'Synthesia does not know what was asked for.',
};

const ErrorSchema = z.looseObject({ error: z.string(), context: z.string().optional() });
const LONGEST_MESSAGE = 300;

export function synthesiaFailure(error: unknown, now: number): ProviderFailure {
  if (!(error instanceof VendorHttpError)) return transportFailure(error);
  const told = ErrorSchema.safeParse(error.body);
  const words = told.success ? `${told.data.error} ${told.data.context ?? ''}` : '';
  const kind = (error.status < 500 ? KIND_OF_WORDS.find(([pattern]) => pattern.test(words))?.[1] : undefined) ?? kindOfStatus(error.status);
  const wait = kind === 'rate_limited' || kind === 'unavailable' ? retryAfterMs(error.header, now) : undefined;
  return new ProviderFailure(kind, OWN_WORDS[kind] ?? (words.trim().slice(0, LONGEST_MESSAGE) || 'Synthesia refused the request.'), {
    status: error.status, ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

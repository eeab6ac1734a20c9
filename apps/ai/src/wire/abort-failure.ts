import { ProviderFailure, transportFailure } from '@tecnocursos/provider-kit';

/** The failure that an aborted call ends in: the signal's own reason when that is one, a time limit, or a caller who gave up. */
export function abortFailure({ reason }: AbortSignal): ProviderFailure {
  const told: unknown = reason;
  if (told instanceof ProviderFailure) return told;
  const failure = transportFailure(told);
  return failure?.kind === 'timeout' ? failure : new ProviderFailure('canceled', 'The call was given up.', { cause: told });
}

import { AppError } from '@tecnocursos/contracts';
import { connectionFailure, failureInCauses, ProviderFailure } from '@tecnocursos/provider-kit';

/** Of errors below HTTP, or in a program of ours; of those that nothing is known of, a defect here or an answer that nobody foresaw. */
export const unknownFailure = (error: unknown): ProviderFailure =>
  failureInCauses(error, (one) => (one instanceof AppError ? ofProgram(one) : connectionFailure(one))) ??
  new ProviderFailure('malformed', 'The vendor answered something that is not understood.', { cause: error });

/**
 * Makes one call to a vendor, or reads one piece of its answer. What was aborted is canceled, however the client words it; of everything else `failureOf` says
 * what it is.
 */
export async function guarded<T>(work: () => Promise<T>, signal: AbortSignal, failureOf: (error: unknown) => ProviderFailure): Promise<T> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) throw new ProviderFailure('canceled', 'The call was given up.', { cause: error });
    throw failureOf(error);
  }
}

function ofProgram(error: AppError): ProviderFailure | undefined {
  if (error.code === 'canceled') return new ProviderFailure('canceled', 'The call was given up.', { cause: error });
  if (error.code === 'engine_missing' || error.code === 'engine_failed') return new ProviderFailure('unavailable', error.detail, { vendorCode: error.code, cause: error });
  return undefined;
}

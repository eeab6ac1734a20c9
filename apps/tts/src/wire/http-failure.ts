import { kindOfStatus, ProviderFailure, retryAfterMs, type FailureKind } from '@tecnocursos/provider-kit';

export interface HttpFailure {
  readonly vendor: string;
  readonly status: number;
  /** Where the vendor's own code says more than the status. */
  readonly kind?: FailureKind | undefined;
  readonly vendorCode?: string | undefined;
  /** The vendor's explanation, where it cannot hold a secret of ours. */
  readonly message?: string | undefined;
  readonly requestId?: string | null;
  readonly header: (name: string) => string | null;
}

const WORDS: Partial<Record<FailureKind, string>> = {
  auth: 'does not accept the credentials.', quota: 'says that what was paid for is used up.', rate_limited: 'is asked too often.',
  unavailable: 'cannot answer now.', timeout: 'did not answer in time.', content_policy: 'refused the content.',
};

/** A refusal over HTTP in our words. The order was checked before it was sent: what a vendor does not take of it, another may. */
export function httpFailure({ vendor, status, kind: told, vendorCode, message, requestId, header }: HttpFailure, now: number): ProviderFailure {
  const ofStatus = kindOfStatus(status);
  const kind = told ?? (ofStatus === 'invalid_request' ? 'unsupported' : ofStatus);
  const wait = retryAfterMs(header, now);
  return new ProviderFailure(kind, `${vendor} ${WORDS[kind] ?? `refused the request: ${message ?? `status ${status}`}`}`, {
    status, ...(vendorCode !== undefined && { vendorCode }), ...(wait !== undefined && { retryAfterMs: wait }), ...(requestId && { vendorRequestId: requestId }),
  });
}

/**
 * Why a request to somebody else's address did not end in an answer. `refused`: our rules forbid the address; nothing was sent. `redirected`: more redirects
 * than allowed, or one that our rules forbid. `encoded`: the answer is compressed although we asked for none. `too_large`: more bytes than allowed.
 */
export const OUTBOUND_FAILURES = ['refused', 'redirected', 'encoded', 'too_large', 'timeout', 'unreachable', 'canceled'] as const;
export type OutboundFailureKind = (typeof OUTBOUND_FAILURES)[number];

/** `detail` may be shown to whoever gave the address: it names rules, and nothing of our network. */
export class OutboundFailure extends Error {
  constructor(
    readonly kind: OutboundFailureKind,
    readonly detail: string,
    cause?: unknown,
  ) {
    super(`${kind}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'OutboundFailure';
  }
}

/** The failure inside what a socket or an HTTP client threw. */
export function toOutboundFailure(error: unknown, signal: AbortSignal | undefined): OutboundFailure {
  for (let inner = error as { cause?: unknown } | undefined; inner !== undefined && inner !== null; inner = inner.cause as { cause?: unknown } | undefined) {
    if (inner instanceof OutboundFailure) return inner;
  }
  if (signal?.aborted === true && !isTimeout(signal.reason)) return new OutboundFailure('canceled', 'The request was stopped.', error);
  const { code, name } = error as { code?: string; name?: string };
  if (isTimeout(signal?.reason) || code?.endsWith('TIMEOUT') === true || code === 'ETIMEDOUT' || name === 'TimeoutError') return new OutboundFailure('timeout', 'There was no complete answer in time.', error);
  return new OutboundFailure('unreachable', 'The address cannot be reached, or its connection broke.', error);
}

const isTimeout = (reason: unknown): boolean => (reason as { name?: string } | null)?.name === 'TimeoutError';

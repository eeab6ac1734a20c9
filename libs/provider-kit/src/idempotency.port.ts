export type IdempotencyOutcome<Value> =
  /** Nobody has done it: do it, and finish with what came of it. */
  | { readonly state: 'begun'; finish(value: Value): Promise<void>; abandon(): Promise<void> }
  | { readonly state: 'done'; readonly value: Value };

/** Remembers what was done under a caller's key, in the service's own tables. */
export interface IdempotencyStore {
  /**
   * @throws AppError `idempotency_key_reused` when the key was used for another request, `conflict` with `retryAfterS` while another replica works on it.
   */
  begin<Value>(tenantId: string, operation: string, key: string, requestHash: string): Promise<IdempotencyOutcome<Value>>;
}

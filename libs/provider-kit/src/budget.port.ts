import type { BudgetKey } from '@tecnocursos/contracts';

export interface BudgetClaim {
  readonly key: BudgetKey;
  /** Micro-dollars; the operator's limit for a provider. Tenants' limits are kept by the ledger's service. */
  readonly limitMicros?: number;
}

export interface BudgetReservation {
  /** What the attempt came to, in micro-dollars: the rest goes back. Call it once. */
  settle(costMicros: number): void;
}

/** Holds the money that attempts may cost. */
export interface BudgetKeeper {
  /**
   * Reserves micro-dollars in every budget of the claims, or in none.
   * @returns undefined when one of them is exhausted.
   * @throws AppError `unavailable` when it cannot be told.
   */
  reserve(claims: readonly BudgetClaim[], micros: number): BudgetReservation | undefined | Promise<BudgetReservation | undefined>;
}

const NO_RESERVATION: BudgetReservation = { settle: () => undefined };

export const UNLIMITED: BudgetKeeper = { reserve: () => NO_RESERVATION };

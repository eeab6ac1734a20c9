interface Lease {
  readonly id: string;
  remaining: number;
  /** Spent and not told yet. */
  spent: number;
  /** Reservations that are not settled yet. */
  inFlight: number;
}

export interface Settlement {
  readonly leaseId: string;
  readonly spentMicros: number;
  readonly returnedMicros: number;
}

/** What this process may still spend of one budget: the slices that it leased. */
export class BudgetSlice {
  /** `unknown` until the budget was asked about, and again after `recheckAt`. */
  limited: boolean | undefined;
  recheckAt = 0;
  /** When the answer that it stands on was given; epoch milliseconds. */
  knownAt = 0;
  /** Nothing is left until then; epoch milliseconds. */
  exhaustedUntil = 0;
  lastUsedAt = 0;
  private leases: Lease[] = [];

  get remaining(): number {
    return this.leases.reduce((sum, lease) => sum + Math.max(0, lease.remaining), 0);
  }

  add(leaseId: string, micros: number): void {
    this.leases.push({ id: leaseId, remaining: micros, spent: 0, inFlight: 0 });
  }

  /**
   * Takes the amount out of the slices; what is taken is given back or spent by the returned function, once. An amount of nothing needs a lease too, for what
   * it costs in the end has to be told of one.
   */
  take(micros: number, now: number): ((spentMicros: number) => void) | undefined {
    if (this.leases.length === 0 || this.remaining < micros) return undefined;
    this.lastUsedAt = now;
    const taken: { lease: Lease; micros: number }[] = [];
    let open = micros;
    for (const lease of this.leases) {
      const part = Math.min(Math.max(0, lease.remaining), open);
      if (part === 0 && !(micros === 0 && taken.length === 0)) continue;
      lease.remaining -= part;
      lease.inFlight += 1;
      open -= part;
      taken.push({ lease, micros: part });
      if (open === 0) break;
    }
    return (spent) => settle(taken, spent);
  }

  /** What was spent since the last time; `idle` also gives back what is left. */
  settlements(idle: 'keep' | 'give-back'): Settlement[] {
    const told = this.leases.flatMap((lease) => {
      const returned = idle === 'give-back' ? Math.max(0, lease.remaining) : 0;
      if (lease.spent === 0 && returned === 0) return [];
      const settlement = { leaseId: lease.id, spentMicros: lease.spent, returnedMicros: returned };
      lease.spent = 0;
      lease.remaining -= returned;
      return [settlement];
    });
    this.leases = this.leases.filter(({ remaining, spent, inFlight }) => remaining > 0 || spent > 0 || inFlight > 0);
    return told;
  }
}

/** The last slice that was touched carries what was spent beyond the estimate. */
function settle(taken: readonly { lease: Lease; micros: number }[], spent: number): void {
  let open = spent;
  taken.forEach(({ lease, micros }, index) => {
    const part = index === taken.length - 1 ? open : Math.min(open, micros);
    lease.spent += part;
    lease.remaining += micros - part;
    lease.inFlight -= 1;
    open -= part;
  });
}

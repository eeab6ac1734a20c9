import { AppError, leaseBudget, newId, settleBudget, type BudgetKey, type ReplyOf, type RequestInput } from '@tecnocursos/contracts';
import { backgroundContext, runInContext, type RpcClient } from '@tecnocursos/messaging';
import type { BudgetClaim, BudgetKeeper, BudgetReservation } from '@tecnocursos/provider-kit';
import { BudgetSlice, type Settlement } from './budget-slice.js';

const SETTLE_EVERY_MS = 1_000;
const IDLE_MS = 5_000;
const DENIED_MS = 500;
const STALE_MS = 600_000;
const FREE: BudgetReservation = { settle: () => undefined };

const nameOf = ({ scope, subject, period }: BudgetKey): string => `${scope}:${subject}:${period}`;

export interface LeasedBudgetsOptions {
  /** Milliseconds for which a budget without a limit stays so while the ledger's service is away; ten minutes when absent. */
  readonly staleMs?: number;
}

/**
 * Budgets of tenants and providers, out of slices leased from the insights service: in the usual case a reservation is a subtraction in memory. Near a limit every
 * reservation is a lease of its own, so that the last one is exact over all replicas.
 */
export class LeasedBudgets implements BudgetKeeper {
  private readonly holder = newId();
  private readonly slices = new Map<string, BudgetSlice>();
  private readonly turns = new Map<string, Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly unsettled: (Settlement & { id: string })[] = [];
  private settling: Promise<void> = Promise.resolve();

  constructor(
    private readonly rpc: RpcClient,
    private readonly onError: (error: unknown) => void,
    private readonly options: LeasedBudgetsOptions = {},
  ) {
    this.timer = setInterval(() => void this.settleAll(Date.now()), SETTLE_EVERY_MS).unref();
  }

  reserve(claims: readonly BudgetClaim[], micros: number): BudgetReservation | undefined | Promise<BudgetReservation | undefined> {
    const now = Date.now();
    let limited = false;
    for (const claim of claims) {
      const slice = this.slices.get(nameOf(claim.key));
      if (slice?.limited === undefined || slice.limited || now >= slice.recheckAt) {
        limited = true;
        break;
      }
    }
    return limited ? this.reserveLimited(claims, micros) : FREE;
  }

  /** Gives everything back. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.settleAll(Number.MAX_SAFE_INTEGER);
  }

  private async reserveLimited(claims: readonly BudgetClaim[], micros: number): Promise<BudgetReservation | undefined> {
    const taken: ((spent: number) => void)[] = [];
    for (const claim of claims) {
      const take = await this.takeFrom(claim, micros);
      if (take === 'unlimited') continue;
      if (take === undefined) {
        for (const giveBack of taken) giveBack(0);
        return undefined;
      }
      taken.push(take);
    }
    return { settle: (cost) => taken.forEach((spend) => spend(cost)) };
  }

  private async takeFrom(claim: BudgetClaim, micros: number): Promise<((spent: number) => void) | 'unlimited' | undefined> {
    const name = nameOf(claim.key);
    const slice = this.slices.get(name) ?? new BudgetSlice();
    this.slices.set(name, slice);
    for (;;) {
      const now = Date.now();
      if (slice.limited === false && now < slice.recheckAt) return 'unlimited';
      if (slice.limited && now < slice.recheckAt) {
        const take = slice.take(micros, now);
        if (take) return take;
        if (micros > 0 && now < slice.exhaustedUntil) return undefined;
      }
      const turn = this.turns.get(name);
      if (turn) await turn; // somebody asks already: look again at what came of it
      else if (!(await this.inTurn(name, () => this.lease(slice, claim, micros)))) return undefined;
    }
  }

  private async inTurn(name: string, work: () => Promise<boolean>): Promise<boolean> {
    const running = work();
    this.turns.set(name, running.then(() => undefined, () => undefined));
    try {
      return await running;
    } finally {
      this.turns.delete(name);
    }
  }

  /** Whether there is something to take now. */
  private async lease(slice: BudgetSlice, claim: BudgetClaim, micros: number): Promise<boolean> {
    await this.settle(slice.settlements('give-back')); // what is left is too little, but may be part of what is granted next
    const leaseId = newId();
    try {
      const { limited, granted_micros: granted, recheck_s: recheckS } = await this.ask({
        key: claim.key, holder: this.holder, lease_id: leaseId, needed_micros: micros, ...(claim.limitMicros !== undefined && { limit_micros: claim.limitMicros }),
      });
      slice.limited = limited;
      slice.knownAt = Date.now();
      slice.recheckAt = slice.knownAt + recheckS * 1_000;
      if (!limited) return true;
      if (granted > 0 || micros === 0) slice.add(leaseId, granted);
      if (granted >= micros) return true;
      slice.exhaustedUntil = Date.now() + DENIED_MS;
      return false;
    } catch (error) {
      this.onError(error);
      if (slice.limited === false && Date.now() < slice.knownAt + (this.options.staleMs ?? STALE_MS)) {
        slice.recheckAt = Date.now() + DENIED_MS;
        return true;
      }
      throw new AppError('unavailable', 'The budget cannot be asked at the moment.', { retryAfterS: 2, cause: error });
    }
  }

  private ask(request: RequestInput<typeof leaseBudget>): Promise<ReplyOf<typeof leaseBudget>> {
    return runInContext(backgroundContext('', newId()), () => this.rpc.call(leaseBudget, request));
  }

  private async settleAll(now: number): Promise<void> {
    for (const slice of this.slices.values()) await this.settle(slice.settlements(now - slice.lastUsedAt > IDLE_MS ? 'give-back' : 'keep'));
    if (this.unsettled.length > 0) await this.settle([]);
  }

  /** Resolves when these, and all that were being told before, have been told. What the service did not take is told again, under the same id. */
  private settle(settlements: readonly Settlement[]): Promise<void> {
    this.unsettled.push(...settlements.map((settlement) => ({ ...settlement, id: newId() })));
    this.settling = this.settling.then(async () => {
      await Promise.all(this.unsettled.splice(0).map((settlement) => this.tell(settlement)));
    });
    return this.settling;
  }

  private async tell(settlement: Settlement & { id: string }): Promise<void> {
    const { leaseId, id, spentMicros, returnedMicros } = settlement;
    try {
      await runInContext(backgroundContext('', newId()), () => this.rpc.call(settleBudget, {
        lease_id: leaseId, settlement_id: id, spent_micros: spentMicros, returned_micros: returnedMicros,
      }));
    } catch (error) {
      this.unsettled.push(settlement);
      this.onError(error);
    }
  }
}

/** Amounts in millionths of a US dollar. */
export interface Account {
  limit: number;
  spent: number;
  reserved: number;
}

const LARGEST_SHARE = 100;
const SHARE_OF_REST = 8;

/**
 * The slice to lease: a hundredth of the limit while much is left, less and less towards the end, and in the end exactly what is needed, so that the last slices
 * leave nothing with a holder that does not use it. 0 when what is needed does not fit.
 */
export function sliceOf({ limit, spent, reserved }: Account, needed: number): number {
  const available = limit - spent - reserved;
  if (available < needed) return 0;
  return Math.max(needed, Math.min(Math.floor(limit / LARGEST_SHARE), Math.floor(available / SHARE_OF_REST)), 0);
}

export interface SettlementEffect {
  /** What the lease still holds after it. */
  open: number;
  /** Changes of the budget; spent falls when an expired lease, which counted as spent, turns out not to be. */
  spent: number;
  reserved: number;
}

/** What was spent counts in full, also beyond what the lease held: a call may cost more than its estimate. */
export function settle(lease: { open: number; state: 'open' | 'expired' }, spent: number, returned: number): SettlementEffect {
  const covered = Math.min(lease.open, spent + returned);
  const open = lease.open - covered;
  return lease.state === 'open' ? { open, spent, reserved: -covered } : { open, spent: spent - covered, reserved: 0 };
}

/**
 * What counts as spent when a limit begins in the midst of a period: at least what the ledger tells, less what holders of slices may have spent and not settled.
 */
export const spentAtLimiting = (account: Omit<Account, 'limit'>, inLedger: number): number => Math.max(account.spent, inLedger - account.reserved);

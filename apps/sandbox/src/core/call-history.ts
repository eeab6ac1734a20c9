import { AppError, SandboxHistoryQuerySchema, parseOrThrow, type SandboxCall, type SandboxHistory, type SandboxHistoryQuery } from '@tecnocursos/contracts';

/** A call as it is kept: the wire form without what can be derived. */
export interface RecordedCall extends Omit<SandboxCall, 'id' | 'at'> {
  /** Counts up from 1 over the life of the sandbox. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

const CAPACITY = 1_000;

/** The last thousand calls, in a ring: what comes in pushes the oldest out. */
export class CallHistory {
  private ring: (RecordedCall | undefined)[] = new Array<RecordedCall | undefined>(CAPACITY).fill(undefined);
  private sequence = 0;

  add(call: Omit<RecordedCall, 'sequence'>): void {
    this.sequence += 1;
    this.ring[this.sequence % CAPACITY] = { ...call, sequence: this.sequence };
  }

  /**
   * Newest first. A cursor stays valid while calls come in.
   * @throws AppError `invalid_request` when the query or its cursor is not valid.
   */
  list(query: SandboxHistoryQuery = {}): SandboxHistory {
    const { limit, cursor, ...filter } = parseOrThrow(SandboxHistoryQuerySchema, query);
    const before = cursor === undefined ? this.sequence + 1 : decodeCursor(cursor);
    const calls: RecordedCall[] = [];
    const oldest = Math.max(1, this.sequence - CAPACITY + 1);
    for (let sequence = Math.min(before - 1, this.sequence); sequence >= oldest; sequence -= 1) {
      const call = this.ring[sequence % CAPACITY];
      if (!call || call.sequence !== sequence || !fits(call, filter)) continue;
      if (calls.length === limit) return { calls: calls.map(toWire), next_cursor: encodeCursor(calls.at(-1)?.sequence ?? 0) };
      calls.push(call);
    }
    return { calls: calls.map(toWire), next_cursor: null };
  }

  /** Forgets the calls of one vendor, or all; tells how many. */
  clear(vendor?: string): number {
    return this.forget((call) => vendor === undefined || call.vendor === vendor);
  }

  /** Tells how many were forgotten. */
  forget(isMeant: (call: RecordedCall) => boolean): number {
    let forgotten = 0;
    this.ring = this.ring.map((call) => {
      if (!call || !isMeant(call)) return call;
      forgotten += 1;
      return undefined;
    });
    return forgotten;
  }
}

/** Answered with a status of 400 or more, or not at all. */
export const hasFailed = (status: number | null): boolean => status === null || status >= 400;

type Filter = Pick<SandboxHistoryQuery, 'vendor' | 'operation' | 'failed'>;

function fits(call: RecordedCall, { vendor, operation, failed }: Filter): boolean {
  if (vendor !== undefined && call.vendor !== vendor) return false;
  if (operation !== undefined && call.operation !== operation) return false;
  return failed === undefined || hasFailed(call.status) === failed;
}

function toWire({ sequence, at, ...call }: RecordedCall): SandboxCall {
  return { id: `call_${sequence.toString(36)}`, at: new Date(at).toISOString(), ...call };
}

const encodeCursor = (sequence: number): string => sequence.toString(36);

function decodeCursor(cursor: string): number {
  const sequence = /^[0-9a-z]{1,10}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0;
  if (sequence > 0) return sequence;
  const issue = { field: 'cursor', message: 'Not a cursor of this list; take next_cursor of the page before.' };
  throw new AppError('invalid_request', `${issue.field}: ${issue.message}`, { issues: [issue] });
}

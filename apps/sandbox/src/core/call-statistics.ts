import type { SandboxFault, SandboxVendorStatus } from '@tecnocursos/contracts';
import { hasFailed } from './call-history.js';

interface Counter {
  calls: number;
  failed: number;
  totalMs: number;
}

type Counts = Pick<SandboxVendorStatus, 'calls' | 'failed' | 'average_ms'>;

const UNROUTED = '(unrouted)';

/** Counts of one vendor: cheap enough to be kept in every mode. */
export class CallStatistics {
  private total = newCounter();
  private readonly operations = new Map<string, Counter>();
  private readonly faults = new Map<SandboxFault, number>();

  add(operation: string | null, call: { status: number | null; fault: SandboxFault | null; elapsed_ms: number }): void {
    const name = operation ?? UNROUTED;
    let counter = this.operations.get(name);
    if (!counter) this.operations.set(name, (counter = newCounter()));
    count(this.total, call.status, call.elapsed_ms);
    count(counter, call.status, call.elapsed_ms);
    if (call.fault !== null) this.faults.set(call.fault, (this.faults.get(call.fault) ?? 0) + 1);
  }

  read(): Counts & Pick<SandboxVendorStatus, 'by_operation' | 'by_fault'> {
    return {
      ...countsOf(this.total),
      by_operation: [...this.operations].map(([operation, counter]) => ({ operation, ...countsOf(counter) })),
      by_fault: Object.fromEntries(this.faults),
    };
  }

  clear(): void {
    this.total = newCounter();
    this.operations.clear();
    this.faults.clear();
  }
}

const newCounter = (): Counter => ({ calls: 0, failed: 0, totalMs: 0 });

function count(counter: Counter, status: number | null, elapsedMs: number): void {
  counter.calls += 1;
  counter.failed += Number(hasFailed(status));
  counter.totalMs += elapsedMs;
}

const countsOf = ({ calls, failed, totalMs }: Counter): Counts => ({ calls, failed, average_ms: calls === 0 ? 0 : Math.round((totalMs / calls) * 1_000) / 1_000 });

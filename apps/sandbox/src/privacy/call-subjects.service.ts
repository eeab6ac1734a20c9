import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { memoryForgets, type SandboxCall, type Subject } from '@tecnocursos/contracts';
import { forgetEverywhere, onForget, type BusConnection, type CallContext, type Forgetting } from '@tecnocursos/messaging';
import { BUS, countsOf, subjectPageOf, type EraseRequest, type Erasure, type ExportPage, type ExportRequest, type SubjectData, type SubjectRow } from '@tecnocursos/nest-kit';
import { SimulatedVendors } from '../simulated-vendors.service.js';

/**
 * The history of simulated calls is in memory, and knows no organizations: on a vendor's wire there are none. A person's calls are those that name their address;
 * with an organization the whole history goes.
 */
@Injectable()
export class CallSubjects implements SubjectData, OnApplicationBootstrap {
  constructor(
    private readonly vendors: SimulatedVendors,
    @Inject(BUS) private readonly connection: BusConnection,
  ) {}

  onApplicationBootstrap(): void {
    onForget(this.connection, memoryForgets.sandbox, (_tenantId, forgetting) => void this.forget(forgetting));
  }

  page({ subject, cursor }: ExportRequest): Promise<ExportPage> {
    return subjectPageOf([{ category: 'simulated-call', rows: async (after, limit) => this.rows(subject, after, limit) }], cursor);
  }

  async erase({ subject, scope }: EraseRequest, { tenantId }: CallContext): Promise<Erasure> {
    const forgotten = this.forget({ subject, scope });
    await forgetEverywhere(this.connection, memoryForgets.sandbox, tenantId, { subject, scope });
    return { erased: countsOf({ 'simulated-call': forgotten }) };
  }

  private forget({ subject, scope }: Forgetting): number {
    return this.vendors.running.forget((call) => scope === 'tenant' || namesAny(call, subject));
  }

  /** `after` is a cursor of the history itself. */
  private rows(subject: Subject, after: string | undefined, limit: number): SubjectRow[] {
    const rows: SubjectRow[] = [];
    for (let cursor: string | null | undefined = after; cursor !== null && rows.length < limit;) {
      const page = this.vendors.running.history({ limit: 1, ...(cursor !== undefined && { cursor }) });
      const [call] = page.calls;
      cursor = page.next_cursor;
      if (call && namesAny(call, subject)) rows.push({ id: cursor ?? END, data: { ...call } });
    }
    return rows;
  }
}

/** Of the oldest call of all: nothing is before it. */
const END = '1';

function namesAny(call: Omit<SandboxCall, 'id' | 'at'>, { emails }: Subject): boolean {
  const whole = JSON.stringify(call).toLowerCase();
  return emails.some((email) => whole.includes(email.toLowerCase()));
}

import { derivedId, UsageRecordSchema, type UsageRecord } from '@tecnocursos/contracts';

/** A record that the ledger can take: it says which call it belongs to. */
export type LedgerRecord = UsageRecord & { call_id: string };

export interface Screening {
  records: LedgerRecord[];
  /** Why the others are not taken: by position and field, never by value. */
  rejected: string[];
}

const DAY_MS = 86_400_000;
/** How far the clock of a publisher may be ahead of ours. */
const AHEAD_MS = 3_600_000;

/** One bad record does not cost the others of its message. What is older than the retention would be removed at once, and is not stored. */
export function screenRecords(candidates: readonly unknown[], now: Date, retentionDays: number): Screening {
  const oldest = now.getTime() - retentionDays * DAY_MS;
  const latest = now.getTime() + AHEAD_MS;
  const screening: Screening = { records: [], rejected: [] };
  for (const [index, candidate] of candidates.entries()) {
    const result = UsageRecordSchema.safeParse(candidate);
    if (!result.success) {
      screening.rejected.push(`records.${[index, ...(result.error.issues[0]?.path ?? [])].map(String).join('.')}: not valid`);
      continue;
    }
    const startedAt = Date.parse(result.data.started_at);
    if (startedAt >= oldest && startedAt <= latest) screening.records.push(withCall(result.data));
    else screening.rejected.push(`records.${index}.started_at: ${startedAt > latest ? 'lies in the future' : 'is older than what the ledger keeps'}`);
  }
  return screening;
}

function withCall(record: UsageRecord): LedgerRecord {
  return { ...record, call_id: record.call_id ?? derivedId('call', record.tenant_id, record.request_id, record.domain, record.operation) };
}

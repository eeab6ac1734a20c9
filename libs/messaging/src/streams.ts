export interface StreamDefinition {
  name: string;
  subjects: string[];
  /** Milliseconds that a message is kept; the database is the record, the stream a transport. */
  maxAgeMs: number;
  maxBytes: number;
}

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

/** Limits retention on purpose: work-queue retention strands messages after a broker's crash. */
export const STREAMS = {
  jobs: { name: 'JOBS', subjects: ['jobs.>'], maxAgeMs: 24 * HOUR_MS, maxBytes: 64 * MIB },
  events: { name: 'EVENTS', subjects: ['events.>'], maxAgeMs: 24 * HOUR_MS, maxBytes: 64 * MIB },
} as const satisfies Record<string, StreamDefinition>;

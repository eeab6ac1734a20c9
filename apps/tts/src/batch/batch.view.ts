import type { ReplyInput, SpeechBatch, synthesizeSpeech } from '@tecnocursos/contracts';
import type { JobState } from '@tecnocursos/persistence';
import type { Selectable } from 'kysely';
import type { BatchItemTable, BatchTable } from '../tts.tables.js';

export type SpeechReply = ReplyInput<typeof synthesizeSpeech>;
type PublicState = 'waiting' | 'running' | 'done' | 'failed' | 'canceled';

/** Callers need not know what waits for a worker and what for its turn. */
export const publicState = (state: JobState): PublicState => (state === 'ready' || state === 'queued' ? 'waiting' : state);

export const batchView = (row: Selectable<BatchTable>): SpeechBatch => ({
  id: row.id, state: row.state, total: row.total, done: row.done, failed: row.failed, progress: (row.done + row.failed) / row.total,
  cost: { amount_micros: row.cost_micros, currency: 'USD' }, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
});

export const itemView = (row: Selectable<BatchItemTable>) => ({
  id: row.reference,
  state: publicState(row.state),
  attempts: row.attempts,
  result: row.result === null ? null : (JSON.parse(row.result) as SpeechReply),
  error: row.error_code === null ? null : { code: row.error_code, detail: row.error_detail ?? '' },
});

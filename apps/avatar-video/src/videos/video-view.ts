import type { ServedBy, Video } from '@tecnocursos/contracts';
import type { Selectable } from 'kysely';
import type { AttemptTable, VideoTable } from '../avatar-video.tables.js';

export type VideoRow = Selectable<VideoTable>;
export type AttemptRow = Selectable<AttemptTable>;

/** A video as the contract shows it. */
export function videoView(row: VideoRow, attempts: readonly AttemptRow[]): Video {
  return {
    id: row.id, kind: row.kind, state: row.state, percent: row.percent, title: row.title, presenter: row.presenter, aspect: row.aspect,
    created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
    attempts: attempts.map(({ number, provider, simulated, state, detail }) => ({ number, provider, simulated, state, detail })),
    warnings: JSON.parse(row.warnings) as string[],
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Video['failure']),
    result: row.result === null ? null : (JSON.parse(row.result) as Video['result']),
    served_by: row.served_by === null ? null : (JSON.parse(row.served_by) as ServedBy),
  };
}

/** Who made it, at what price all tries together came. */
export function servedByOf(attempts: readonly AttemptRow[]): ServedBy | null {
  const done = attempts.findLast(({ state }) => state === 'accepted' || state === 'done');
  if (!done) return null;
  const first = attempts[0];
  const amount = attempts.reduce((sum, { cost_micros: cost }) => sum + cost, 0);
  return {
    provider: done.provider, simulated: done.simulated, attempts: attempts.length, cost: { amount_micros: amount, currency: 'USD' },
    ...(done.model !== null && { model: done.model }), ...(first && first.provider !== done.provider && { fallback_from: first.provider }),
  };
}

import { Injectable } from '@nestjs/common';
import { AppError, type ReplyInput, type listAuditEntries, type verifyAuditLog, type RequestOf } from '@tecnocursos/contracts';
import { clientFits, entryHash, GENESIS } from './audit-chain.js';
import { AuditRepository } from './audit.repository.js';

const PAGE = 1_000;

@Injectable()
export class AuditLog {
  constructor(private readonly entries: AuditRepository) {}

  /** @throws AppError `invalid_request` for a cursor that is none of this list. */
  async list(tenantId: string, request: RequestOf<typeof listAuditEntries>): Promise<ReplyInput<typeof listAuditEntries>> {
    const before = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
    const found = await this.entries.list(tenantId, { limit: request.limit + 1, before, action: request.action, actorId: request.actor_id });
    const entries = found.slice(0, request.limit);
    return { entries, next_cursor: found.length > request.limit ? String(entries.at(-1)?.sequence) : null };
  }

  /** Finds entries that were changed, left out, added or moved. A chain that was cut at its end is found by its head, kept elsewhere. */
  async verify(tenantId: string): Promise<ReplyInput<typeof verifyAuditLog>> {
    let head = (await this.entries.checkpoint(tenantId)) ?? { sequence: 0, hash: GENESIS };
    let count = 0;
    for (;;) {
      const rows = await this.entries.after(tenantId, head.sequence, PAGE);
      for (const row of rows) {
        const { occurred_at: occurredAt, actor_type: type, actor_id: id, previous_hash: previousHash, client_commitment: clientCommitment } = row;
        const hash = entryHash({ tenantId, sequence: row.sequence, id: row.id, occurredAt, actor: { type, id }, action: row.action, target: row.target, data: row.data, clientCommitment, previousHash });
        const fits = row.sequence === head.sequence + 1 && previousHash === head.hash && hash === row.hash && clientFits(row);
        if (!fits) return { valid: false, entries: count, head: head.hash, broken_at: row.sequence };
        head = { sequence: row.sequence, hash };
        count += 1;
      }
      if (rows.length < PAGE) return { valid: true, entries: count, head: head.sequence === 0 ? null : head.hash, broken_at: null };
    }
  }
}

function decodeCursor(cursor: string): number {
  if (/^[1-9]\d{0,8}$/.test(cursor)) return Number(cursor);
  throw new AppError('invalid_request', 'cursor: not a cursor of this list', { issues: [{ field: 'cursor', message: 'Use next_cursor of the page before, unchanged.' }] });
}

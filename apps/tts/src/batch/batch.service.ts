import { Injectable } from '@nestjs/common';
import { AppError, type cancelSpeechBatch, type createSpeechBatch, type getSpeechBatch, type listSpeechBatches, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import type { CallContext } from '@tecnocursos/messaging';
import { OutboxPublisher } from '@tecnocursos/nest-kit';
import { hashOf } from '@tecnocursos/provider-kit';
import { checkModel, scriptOf } from '../speech/speech-request.js';
import { VoiceChoices } from '../voices/voice-choice.service.js';
import { BatchItemRunner } from './batch-item.runner.js';
import { BatchRepository } from './batch.repository.js';
import { batchView, itemView } from './batch.view.js';

/** Many texts in the background. */
@Injectable()
export class BatchService {
  constructor(
    private readonly batches: BatchRepository,
    private readonly runner: BatchItemRunner,
    private readonly voices: VoiceChoices,
    private readonly outbox: OutboxPublisher,
  ) {}

  /** What no attempt could mend is refused here, by the item's place: `items.3.voice`. */
  async create({ idempotency_key: idempotencyKey, items }: RequestOf<typeof createSpeechBatch>, context: CallContext): Promise<ReplyInput<typeof createSpeechBatch>> {
    for (const [index, item] of items.entries()) {
      await at(index, async () => {
        checkModel(item);
        await this.voices.choose(context.tenantId, item.language, item.voice);
        scriptOf(item);
      });
    }
    const { tenantId, requestId, mode } = context;
    const { row, replayed } = await this.batches.create({ tenantId, requestId, mode: mode ?? 'live', idempotencyKey, requestSha256: hashOf(items), items });
    this.outbox.kick();
    return { batch: batchView(row), replayed };
  }

  async get({ batch_id: batchId }: RequestOf<typeof getSpeechBatch>, { tenantId }: CallContext): Promise<ReplyInput<typeof getSpeechBatch>> {
    const { batch, items } = await this.batches.get(tenantId, batchId);
    return { batch: batchView(batch), items: items.map(itemView) };
  }

  async list({ limit, cursor }: RequestOf<typeof listSpeechBatches>, { tenantId }: CallContext): Promise<ReplyInput<typeof listSpeechBatches>> {
    const { rows, nextCursor } = await this.batches.list(tenantId, limit, cursor);
    return { batches: rows.map(batchView), next_cursor: nextCursor };
  }

  async cancel({ batch_id: batchId }: RequestOf<typeof cancelSpeechBatch>, { tenantId }: CallContext): Promise<ReplyInput<typeof cancelSpeechBatch>> {
    const { row, items } = await this.batches.cancel(tenantId, batchId);
    this.runner.abort(items);
    this.outbox.kick();
    return { batch: batchView(row) };
  }
}

/** A refusal that names the item. */
async function at(index: number, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `items.${index}: ${error.detail}`, { issues: error.issues.map(({ field, message }) => ({ field: `items.${index}.${field}`, message })), cause: error });
  }
}

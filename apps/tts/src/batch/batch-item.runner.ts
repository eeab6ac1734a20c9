import { Inject, Injectable } from '@nestjs/common';
import { AppError, parseOrThrow, synthesizeSpeech } from '@tecnocursos/contracts';
import { runInContext, type CallContext, type JobOutcome } from '@tecnocursos/messaging';
import { LOGGER, Metrics, type Logger } from '@tecnocursos/nest-kit';
import { TtsService } from '../tts.service.js';
import { decideFailure, MAX_CLAIMS } from './batch-item.failure.js';
import { BatchItemRepository, type ClaimedItem } from './batch-item.repository.js';
import { LEASE_MS } from './batch-scheduler.js';
import type { SpeechReply } from './batch.view.js';

/** Milliseconds that one item may take. */
const ITEM_LIMIT_MS = 600_000;

/** Speaks one item from its claim to its kept result, whatever happens in between. */
@Injectable()
export class BatchItemRunner {
  private readonly running = new Map<string, AbortController>();

  constructor(
    private readonly items: BatchItemRepository,
    private readonly tts: TtsService,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  async run(tenantId: string, itemId: string, context: CallContext): Promise<JobOutcome> {
    const item = await this.items.claim(tenantId, itemId);
    if (!item) return { type: 'done' }; // done, canceled or another worker's: the sweeper queues what got lost
    const started = performance.now();
    const abort = new AbortController();
    this.running.set(item.id, abort);
    const heartbeat = setInterval(() => void this.keepLease(item, abort), LEASE_MS / 3);
    try {
      if (item.attempts > MAX_CLAIMS) throw new AppError('step_failed', 'The item ended its worker again and again.');
      const reply = await this.speak(item, AbortSignal.any([context.signal, abort.signal]));
      const kept = await this.items.finish(item, reply);
      this.metrics.jobFinished('tts', 'batch-item', performance.now() - started, kept ? 'done' : 'superseded');
    } catch (error) {
      const decision = decideFailure(error, item.attempts);
      this.logger.warn({ batch_id: item.batch_id, item: item.reference, attempt: item.attempts, err: error }, `an item of a batch failed: ${decision.type}`);
      this.metrics.jobFinished('tts', 'batch-item', performance.now() - started, decision.type);
      await this.items.settleFailure(item, decision);
    } finally {
      clearInterval(heartbeat);
      this.running.delete(item.id);
    }
    return { type: 'done' };
  }

  /** Stops what this process does for items. */
  abort(itemIds: readonly string[]): void {
    for (const id of itemIds) this.running.get(id)?.abort();
  }

  private speak(item: ClaimedItem, signal: AbortSignal): Promise<SpeechReply> {
    const { id: _id, ...request } = JSON.parse(item.request) as { id: string };
    const context: CallContext = {
      tenantId: item.tenant_id, requestId: item.request_id, deadline: Date.now() + ITEM_LIMIT_MS, signal, ...(item.mode === 'test' && { mode: 'test' as const }),
    };
    return runInContext(context, () => this.tts.synthesize(parseOrThrow(synthesizeSpeech.request, request), context));
  }

  private async keepLease(item: ClaimedItem, abort: AbortController): Promise<void> {
    try {
      if (!(await this.items.extendLease(item))) abort.abort();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not extend the lease of an item of a batch');
    }
  }
}

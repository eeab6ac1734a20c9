import { Inject, Injectable } from '@nestjs/common';
import { parseOrThrow, synthesizeSpeech } from '@tecnocursos/contracts';
import { runInContext, type CallContext, type JobOutcome, type RetryPolicy } from '@tecnocursos/messaging';
import { JobRunner, LOGGER, Metrics, type Logger } from '@tecnocursos/nest-kit';
import { TtsService } from '../tts.service.js';
import { BatchItemRepository, type ClaimedItem } from './batch-item.repository.js';
import { ITEM_JOBS } from './batch-scheduler.js';
import type { SpeechReply } from './batch.view.js';

const POLICY: RetryPolicy = { transientAttempts: 8, longestDelayMs: 30_000 };
/** Milliseconds that one item may take. */
const ITEM_LIMIT_MS = 600_000;

/** Runs items: each is a request for speech, in the name of whom the batch is. */
@Injectable()
export class BatchItemRunner {
  private readonly runner: JobRunner<ClaimedItem, SpeechReply>;

  constructor(
    items: BatchItemRepository,
    private readonly tts: TtsService,
    @Inject(LOGGER) logger: Logger,
    metrics: Metrics,
  ) {
    this.runner = new JobRunner<ClaimedItem, SpeechReply>({
      service: 'tts', rows: items, leaseMs: ITEM_JOBS.times.leaseMs, policy: POLICY, logger, metrics,
      describe: ({ id, batch_id, reference, attempts }) => ({ kind: 'batch-item', attempt: attempts, group: id, about: { batch_id, item: reference } }),
      work: (item, signal) => this.speak(item, signal),
    });
  }

  run(tenantId: string, itemId: string, context: CallContext): Promise<JobOutcome> {
    return this.runner.run(tenantId, itemId, context);
  }

  /** Stops what this process does for items. */
  abort(itemIds: readonly string[]): void {
    for (const id of itemIds) this.runner.abort(id);
  }

  private speak(item: ClaimedItem, signal: AbortSignal): Promise<SpeechReply> {
    const { id: _id, ...request } = JSON.parse(item.request) as { id: string };
    const context: CallContext = {
      tenantId: item.tenant_id, requestId: item.request_id, deadline: Date.now() + ITEM_LIMIT_MS, signal, ...(item.mode === 'test' && { mode: 'test' as const }),
    };
    return runInContext(context, () => this.tts.synthesize(parseOrThrow(synthesizeSpeech.request, request), context));
  }
}

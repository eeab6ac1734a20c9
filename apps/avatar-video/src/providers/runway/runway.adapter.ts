import { NotFoundError, type default as RunwayML } from '@runwayml/sdk';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { VendorCredits } from '../../ports/avatar-renderer.port.js';
import type { EffectOrder, EffectRenderer } from '../../ports/effect-renderer.port.js';
import type { AcceptedJob, JobProgress } from '../../ports/vendor-job.port.js';
import { AcceptedSchema, CREDITS_PER_SECOND, progressOf, toRunway, type RunwayModel } from './runway.mapper.js';

/** Characters of a `data:` URL that Runway takes. */
const LONGEST_DATA_URL = 5_242_880;

/** Runway's tasks through its own client. It has neither webhooks nor a reference of ours in its lists: an order in doubt stays in doubt. */
export class RunwayEffectRenderer implements EffectRenderer {
  /** Runway forbids to ask about a task more often. */
  readonly pollMs = 5_000;

  constructor(
    private readonly client: RunwayML,
    private readonly model: RunwayModel,
  ) {}

  estimate({ seconds }: EffectOrder) {
    return { model: this.model, usage: { credits: CREDITS_PER_SECOND[this.model] * seconds } };
  }

  async start(order: EffectOrder, signal: AbortSignal): Promise<AcceptedJob> {
    if (order.still.bytes.length * (4 / 3) > LONGEST_DATA_URL - 100) throw new ProviderFailure('unsupported', 'Runway takes pictures of at most 3.9 MB.', { field: 'image_key' });
    const { id, estimatedCost } = AcceptedSchema.parse(await this.client.imageToVideo.create(toRunway(order, this.model), { signal }));
    const usage = estimatedCost ? { credits: Math.ceil(estimatedCost.credits) } : this.estimate(order).usage;
    return { id, model: this.model, usage, warnings: [] };
  }

  async read(id: string, signal: AbortSignal): Promise<JobProgress> {
    return progressOf(await this.client.tasks.retrieve(id, { signal }));
  }

  async cancel(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.client.tasks.delete(id, { signal });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  async credits(signal: AbortSignal): Promise<VendorCredits> {
    const { creditBalance } = await this.client.organization.retrieve({ signal });
    return { remaining: creditBalance };
  }
}

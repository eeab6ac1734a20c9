import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;
const SAMPLE_EVERY_MS = 1_000;
/** One long pause, of a collection of garbage for instance, is over when it is noticed; two bad samples in a row are a load. */
const BAD_SAMPLES = 2;

/** Milliseconds that the event loop was late on average since the last call; null when it did not turn since. */
export type LagSampler = () => number | null;

/** Tells when this process has more to do than it can: work that is late by so much is better refused than queued. */
export class LoadMonitor {
  private badSamples = 0;
  private readonly timer: NodeJS.Timeout;
  private readonly stopSampling: () => void;

  constructor(
    private readonly limitMs: number,
    private readonly sampler: { sample: LagSampler; stop(): void } = eventLoopSampler(),
  ) {
    this.timer = setInterval(() => this.look(), SAMPLE_EVERY_MS).unref();
    this.stopSampling = () => sampler.stop();
  }

  get isOverloaded(): boolean {
    return this.badSamples >= BAD_SAMPLES;
  }

  look(): void {
    const lagMs = this.sampler.sample();
    if (lagMs !== null) this.badSamples = lagMs > this.limitMs ? this.badSamples + 1 : 0;
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopSampling();
  }
}

function eventLoopSampler(): { sample: LagSampler; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    sample: () => {
      const { mean } = histogram;
      histogram.reset();
      return Number.isNaN(mean) ? null : mean / 1e6 - RESOLUTION_MS;
    },
    stop: () => void histogram.disable(),
  };
}

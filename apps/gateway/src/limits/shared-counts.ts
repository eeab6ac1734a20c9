import type { Logger } from '@tecnocursos/nest-kit';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { type RateWindow } from './rate-window.js';

const PREFIX = 'tc:rate';
/** So long replicas may not know of each other's requests: what a caller gets beyond the limit is what fits into it. */
const EVERY_MS = 100;
const KEPT_S = 120;

const clientOf = (url: string) =>
  createClient({
    url, disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2_000) },
  });

/**
 * Makes the rate windows of all replicas one, over Redis. Counts are exchanged in the background, so that no request waits for Redis, and every replica goes on alone
 * while Redis is away.
 */
export class SharedCounts {
  private readonly client: ReturnType<typeof clientOf>;
  private readonly limiter: RateLimiterRedis;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | undefined;
  private isAway = false;

  constructor(url: string, private readonly windows: readonly RateWindow[], private readonly logger: Logger) {
    this.client = clientOf(url);
    this.client.on('error', (error: unknown) => this.noteAway(error));
    this.client.on('ready', () => {
      this.isAway = false;
    });
    this.client.connect().catch((error: unknown) => this.noteAway(error));
    this.limiter = new RateLimiterRedis({ storeClient: this.client, useRedisPackage: true, keyPrefix: PREFIX, points: Number.MAX_SAFE_INTEGER, duration: KEPT_S });
    this.timer = setInterval(() => void this.exchange(), EVERY_MS).unref();
  }

  /** Tells Redis what was counted here, and learns what was counted anywhere. One exchange runs at a time. */
  exchange(): Promise<void> {
    this.running ??= Promise.all(this.windows.map((window) => this.exchangeWindow(window)))
      .catch((error: unknown) => this.noteAway(error))
      .then(() => {
        this.running = undefined;
      });
    return this.running;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    this.client.destroy();
  }

  private async exchangeWindow(window: RateWindow): Promise<void> {
    const { window: number, counts } = window.takeUntold();
    await Promise.all(counts.map(async ([key, count]) => {
      const { consumedPoints } = await this.limiter.penalty(`${window.policy.name}:${number}:${key}`, count);
      window.learn(number, key, consumedPoints);
    }));
  }

  private noteAway(error: unknown): void {
    if (!this.isAway) this.logger.warn({ err: error }, 'Redis is away: this replica counts requests alone');
    this.isAway = true;
  }
}

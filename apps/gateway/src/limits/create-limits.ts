import type { Logger } from '@tecnocursos/nest-kit';
import type { GatewayConfig } from '../gateway.config.js';
import { EdgeLimits } from './edge-limits.js';
import { LoadMonitor } from './load-monitor.js';
import { RateWindow, type RatePolicy } from './rate-window.js';
import { SharedCounts } from './shared-counts.js';
import { TenantConcurrency } from './tenant-concurrency.js';

export interface RunningLimits {
  readonly edge: EdgeLimits;
  close(): Promise<void>;
}

const windowOf = <N extends RatePolicy['name']>(name: N, perMinute: number): { [K in N]?: RateWindow } =>
  (perMinute === 0 ? {} : { [name]: new RateWindow({ name, perMinute }) }) as { [K in N]?: RateWindow };

/** The limits as configured; shared between replicas when there is a Redis. */
export function createLimits(config: GatewayConfig, logger: Logger): RunningLimits {
  const windows = {
    ...windowOf('key', config.RATE_LIMIT_KEY_RPM), ...windowOf('address', config.RATE_LIMIT_ADDRESS_RPM), ...windowOf('sensitive', config.RATE_LIMIT_SENSITIVE_RPM),
  };
  const load = new LoadMonitor(config.MAX_EVENT_LOOP_LAG_MS);
  const shared = config.REDIS_URL === undefined ? undefined : new SharedCounts(config.REDIS_URL, Object.values(windows), logger);
  return {
    edge: new EdgeLimits({ windows, load, concurrency: new TenantConcurrency(config.TENANT_CONCURRENCY) }),
    close: async () => {
      load.stop();
      await shared?.close();
    },
  };
}

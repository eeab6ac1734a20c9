import { Controller, Inject, type Type } from '@nestjs/common';
import { healthChecks, type DependencyHealth, type ServiceHealth, type ServiceName } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';

/** Asks one dependency how it is. A probe that throws or takes longer than a second counts as down. */
export type HealthProbe = () => Promise<DependencyHealth>;

export const HEALTH_PROBES = Symbol('HEALTH_PROBES');
export const SERVICE_VERSION = '0.1.0';

const PROBE_LIMIT_MS = 1_000;
const RANK = { up: 0, degraded: 1, down: 2 } as const;

export async function serviceHealth(service: string, probes: readonly NamedProbe[]): Promise<ServiceHealth> {
  const dependencies = await Promise.all(probes.map(runProbe));
  const status = dependencies.reduce<ServiceHealth['status']>((worst, { status }) => (RANK[status] > RANK[worst] ? status : worst), 'up');
  return { service, status, version: SERVICE_VERSION, uptime_s: Math.round(process.uptime()), dependencies };
}

export interface NamedProbe {
  name: string;
  kind: DependencyHealth['kind'];
  probe: HealthProbe;
}

async function runProbe({ name, kind, probe }: NamedProbe): Promise<DependencyHealth> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<DependencyHealth>((resolve) => {
    timer = setTimeout(() => resolve({ name, kind, status: 'down', detail: `no answer within ${PROBE_LIMIT_MS} ms` }), PROBE_LIMIT_MS);
  });
  try {
    return await Promise.race([probe(), limit]);
  } catch (error) {
    return { name, kind, status: 'down', detail: error instanceof Error ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** A controller class for the service's own health subject. */
export function healthControllerOf(service: ServiceName): Type {
  @Controller()
  class HealthController {
    constructor(@Inject(HEALTH_PROBES) private readonly probes: readonly NamedProbe[]) {}

    @RpcHandler(healthChecks[service])
    check(): Promise<ServiceHealth> {
      return serviceHealth(service, this.probes);
    }
  }
  return HealthController;
}

import type { DependencyHealth } from '@tecnocursos/contracts';
import type { IntegrationReport, IntegrationsHealth, ServiceReport, Status } from './health.schemas.js';

const INTEGRATION_KINDS = new Set<DependencyHealth['kind']>(['engine', 'integration', 'storage']);
const RANK: Record<Status, number> = { up: 0, degraded: 1, down: 2 };

export const worseOf = (left: Status, right: Status): Status => (RANK[right] > RANK[left] ? right : left);

/** What the services depend on outside of the platform, by name; the worst report of several counts. */
export function integrationsOf(services: readonly ServiceReport[]): IntegrationsHealth {
  const byName = new Map<string, IntegrationReport>();
  for (const { service, dependencies } of services) {
    for (const dependency of dependencies) {
      if (!INTEGRATION_KINDS.has(dependency.kind)) continue;
      const known = byName.get(dependency.name);
      const worst = known && worseOf(known.status, dependency.status) === known.status ? known : dependency;
      byName.set(dependency.name, { ...worst, services: [...(known?.services ?? []), service] });
    }
  }
  const integrations = [...byName.values()].sort((left, right) => left.name.localeCompare(right.name));
  const unreachable = services.filter(({ uptime_s }) => uptime_s === undefined).map(({ service }) => service);
  const start: Status = unreachable.length > 0 ? 'degraded' : 'up';
  return { status: integrations.reduce<Status>((worst, { status }) => worseOf(worst, status), start), integrations, unreachable_services: unreachable };
}

import { AppError, getProviderBudgets, PROVIDER_SERVICES, providerLists, type ProviderService } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { type BusService } from '../bus/bus.service.js';
import type { IntegrationSchema } from './integrations.operations.js';

export type Integration = z.input<typeof IntegrationSchema>;

export interface IntegrationsFound {
  integrations: Integration[];
  unreachable_services: string[];
}

/** Providers of all services, as each of them tells, with what is spent at them. */
export class IntegrationsService {
  constructor(private readonly bus: BusService) {}

  async list(): Promise<IntegrationsFound> {
    const [budgets, ...reports] = await Promise.all([this.budgets(), ...PROVIDER_SERVICES.map((service) => this.ofService(service))]);
    const integrations = reports.flatMap(({ service, providers }) =>
      (providers ?? []).map((report): Integration => ({ ...report, service, budgets: (budgets ?? []).filter(({ subject }) => subject === report.id) })),
    );
    const silent: string[] = reports.filter(({ providers }) => !providers).map(({ service }) => service);
    return { integrations, unreachable_services: budgets ? silent : [...silent, 'insights'] };
  }

  private async ofService(service: ProviderService) {
    const reply = await this.bus.call(providerLists[service], {}).catch(unlessAway);
    return { service, providers: reply?.providers };
  }

  private async budgets() {
    return (await this.bus.call(getProviderBudgets, {}).catch(unlessAway))?.budgets;
  }
}

/** A service that is away is told of; other errors are ours. */
function unlessAway(error: unknown): undefined {
  if (error instanceof AppError && (error.code === 'unavailable' || error.code === 'timeout')) return undefined;
  throw error;
}

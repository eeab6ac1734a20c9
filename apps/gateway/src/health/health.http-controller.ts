import { Controller } from '@nestjs/common';
import { AppError } from '@tecnocursos/contracts';
import { BusLink } from '../bus/bus-link.service.js';
import { Drain } from '../http/drain.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  integrationsHealthOperation, livenessOperation, oneIntegrationHealthOperation, platformHealthOperation, readinessOperation,
} from './health.operations.js';
import { HealthService } from './health.service.js';
import { integrationsOf } from './integrations-health.js';

const UNAVAILABLE = 503;

@Controller()
export class HealthHttpController {
  constructor(
    private readonly health: HealthService,
    private readonly drain: Drain,
    private readonly link: BusLink,
  ) {}

  @Operation(platformHealthOperation)
  async platform(_input: InputOf<typeof platformHealthOperation>, { reply }: Exchange): Promise<SuccessOf<typeof platformHealthOperation>> {
    const health = await this.health.platform();
    if (health.status === 'down') reply.code(UNAVAILABLE);
    return health;
  }

  @Operation(livenessOperation)
  async live(): Promise<SuccessOf<typeof livenessOperation>> {
    return { status: 'up' };
  }

  @Operation(readinessOperation)
  async ready(_input: InputOf<typeof readinessOperation>, { reply }: Exchange): Promise<SuccessOf<typeof readinessOperation>> {
    const status = this.drain.isDraining ? 'draining' : this.link.isConnected ? 'ready' : 'disconnected';
    if (status !== 'ready') reply.code(UNAVAILABLE);
    return { status };
  }

  @Operation(integrationsHealthOperation)
  integrations(): Promise<SuccessOf<typeof integrationsHealthOperation>> {
    return this.health.integrations();
  }

  @Operation(oneIntegrationHealthOperation)
  async one({ params }: InputOf<typeof oneIntegrationHealthOperation>): Promise<SuccessOf<typeof oneIntegrationHealthOperation>> {
    const { services } = await this.health.platform();
    const found = services.find(({ service }) => service === params.name) ?? integrationsOf(services).integrations.find(({ name }) => name === params.name);
    if (found) return found;
    throw new AppError('not_found', `There is no service or integration of this name. See /api/integrations/health for the names.`);
  }
}

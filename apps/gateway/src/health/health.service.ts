import { ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckService, type HealthIndicatorService, type HealthCheckResult, type HealthIndicatorFunction, type HealthIndicatorResult } from '@nestjs/terminus';
import { AppError, healthChecks, SERVICE_NAMES, type ServiceName } from '@tecnocursos/contracts';
import { backgroundContext, runInContext } from '@tecnocursos/messaging';
import { type BusService } from '../bus/bus.service.js';
import { integrationsOf, worseOf } from './integrations-health.js';
import type { IntegrationsHealth, PlatformHealth, ServiceReport, Status } from './health.schemas.js';

const CHECK_MS = 1_500;
type Data = Omit<ServiceReport, 'service' | 'status'>;

/** The platform's health, asked over the bus: all services at once, none waited for longer than 1.5 s. */
export class HealthService {
  private running: Promise<PlatformHealth> | undefined;

  constructor(
    private readonly bus: BusService,
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Probes that come together share one check. */
  platform(): Promise<PlatformHealth> {
    this.running ??= this.checkAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async integrations(): Promise<IntegrationsHealth> {
    return integrationsOf((await this.platform()).services);
  }

  private async checkAll(): Promise<PlatformHealth> {
    const indicators = SERVICE_NAMES.map((name): HealthIndicatorFunction => () => this.checkService(name));
    // No request's deadline or signal: the check is shared.
    const result = await runInContext(backgroundContext('', 'health-check'), () => this.checks.check(indicators).catch(resultOf));
    const services = SERVICE_NAMES.flatMap((service): ServiceReport[] => {
      const report = { service, ...(result.details[service] as Omit<ServiceReport, 'service'>) };
      return isAbsentByChoice(report) ? [] : [report];
    });
    return { status: services.reduce<Status>((worst, { status }) => worseOf(worst, status), 'up'), services };
  }

  private async checkService(name: ServiceName): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      const { status, version, uptime_s, dependencies } = await this.bus.call(healthChecks[name], {}, { timeoutMs: CHECK_MS });
      const data = { version, uptime_s, dependencies } satisfies Data;
      if (status === 'up') return indicator.up(data);
      return status === 'degraded' ? indicator.degraded(data) : indicator.down(data);
    } catch (error) {
      return indicator.down({ detail: reasonOf(name, error), dependencies: [] } satisfies Data);
    }
  }
}

/** A platform in production runs no sandbox: one that is not there is nothing amiss. */
const isAbsentByChoice = ({ service, version }: ServiceReport): boolean => service === 'sandbox' && version === undefined;

/** Terminus throws what it found when a part is down. */
function resultOf(error: unknown): HealthCheckResult {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
}

function reasonOf(name: ServiceName, error: unknown): string {
  if (!(error instanceof AppError)) return 'The answer could not be read.';
  if (error.code === 'timeout') return `${name} did not answer within ${CHECK_MS} ms.`;
  return error.code === 'unavailable' ? `${name} is not running, or not connected to the bus.` : error.detail;
}

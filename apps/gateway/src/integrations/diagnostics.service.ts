import type { z } from 'zod';
import { type HealthService } from '../health/health.service.js';
import type { ServiceReport } from '../health/health.schemas.js';
import type { diagnosticsOperation } from './integrations.operations.js';
import { type Integration, type IntegrationsService } from './integrations.service.js';

type Diagnosis = z.input<(typeof diagnosticsOperation)['success']['schema']>;
type Finding = Diagnosis['findings'][number];

const VERSION = '0.1.0';

/** Everything that is not as it should be, in one place, each with what to do about it. */
export class DiagnosticsService {
  constructor(
    private readonly health: HealthService,
    private readonly integrations: IntegrationsService,
  ) {}

  async diagnose(): Promise<Diagnosis> {
    const [{ status, services }, { integrations, unreachable_services: silent }] = await Promise.all([this.health.platform(), this.integrations.list()]);
    const findings = [
      ...services.flatMap(ofService), ...integrations.flatMap(ofIntegration),
      ...silent.map((service): Finding => ({ subject: service, severity: 'error', detail: 'did not say how its integrations are' })),
    ];
    return {
      status, version: VERSION, node: process.version, findings,
      services: services.map(({ service, status: own, detail }) => ({ service, status: own, ...(detail !== undefined && { detail }) })),
    };
  }
}

function ofService({ service, status, detail, dependencies }: ServiceReport): Finding[] {
  const own: Finding[] = status === 'down' && detail !== undefined ? [{ subject: service, severity: 'error', detail }] : [];
  const broken = dependencies.filter((dependency) => dependency.status !== 'up');
  return [...own, ...broken.map((dependency): Finding => ({
    subject: `${service}/${dependency.name}`, severity: dependency.status === 'down' ? 'error' : 'warning', detail: dependency.detail ?? `is ${dependency.status}`,
  }))];
}

function ofIntegration({ id, mode, reason, health, last_error: lastError, notices, budgets }: Integration): Finding[] {
  const about = (severity: Finding['severity'], detail: string): Finding => ({ subject: id, severity, detail });
  return [
    ...(mode === 'off' ? [about('info', `off: ${reason}`)] : []),
    ...(mode === 'sandbox' ? [about('info', `simulated: ${reason}`)] : []),
    ...(health === 'down' || health === 'degraded' ? [about(health === 'down' ? 'error' : 'warning', `${health}${lastError ? `: ${lastError.kind}, ${lastError.detail}` : ''}`)] : []),
    ...notices.map(({ severity, text }) => about(severity, text)),
    ...budgets.filter(({ limit_micros: limit, spent_micros: spent }) => limit !== null && spent >= 0.9 * limit).map(({ period }) => about('warning', `nine tenths of the ${period}'s budget are spent`)),
  ];
}

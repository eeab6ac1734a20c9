import {
  AppError, createDownloads, createUpload, deleteObjects, getSandboxStatus, getTenant, newId, PROVIDER_SERVICES, providerTests, sendMessage, type ProviderService,
} from '@tecnocursos/contracts';
import type { z } from 'zod';
import { type BusService } from '../bus/bus.service.js';
import { type PublicUrl } from '../http/public-url.js';
import type { TestResultSchema } from './integrations.operations.js';

export type TestResult = z.input<typeof TestResultSchema>;
type Test = () => Promise<TestResult>;

/** `d-id` is `d_id` in results. */
const keyOf = (provider: string): string => provider.replaceAll('-', '_');

/** The smallest piece of real work at each integration. */
export class IntegrationTestsService {
  constructor(
    private readonly bus: BusService,
    private readonly publicUrl: PublicUrl,
  ) {}

  async all(): Promise<{ overall_success: boolean; test_results: Record<string, TestResult> }> {
    const groups = await Promise.all([...PROVIDER_SERVICES.map((service) => this.ofProviders(service)), this.ofPlatform()]);
    const results = Object.assign({}, ...groups) as Record<string, TestResult>;
    return { overall_success: Object.values(results).every(({ success, mode }) => success || mode === 'off'), test_results: results };
  }

  /** @throws AppError `not_found`. */
  async one(name: string): Promise<TestResult> {
    const own = new Map(Object.entries(this.platformTests())).get(keyOf(name)); // a name like "constructor" is none of ours
    if (own) return tried(own);
    for (const service of PROVIDER_SERVICES) {
      const result = await this.ofProvider(service, name.replaceAll('_', '-'));
      if (result) return result;
    }
    throw new AppError('not_found', `There is no integration "${name}". See GET /api/integrations for the names.`);
  }

  private async ofProviders(service: ProviderService): Promise<Record<string, TestResult>> {
    try {
      const { results } = await this.bus.call(providerTests[service], {});
      return Object.fromEntries(results.map((result) => [results.filter(({ provider }) => provider === result.provider).length > 1 ? keyOf(`${service}-${result.provider}`) : nameOf(service, result.provider), result]));
    } catch (error) {
      return { [keyOf(service)]: failed(error) };
    }
  }

  private async ofProvider(service: ProviderService, provider: string): Promise<TestResult | undefined> {
    const local = provider === `${service}-local` ? 'local' : provider;
    const reply = await this.bus.call(providerTests[service], { provider: local }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    });
    return reply?.results[0];
  }

  private async ofPlatform(): Promise<Record<string, TestResult>> {
    const tests = Object.entries(this.platformTests());
    return Object.fromEntries(await Promise.all(tests.map(async ([name, test]) => [name, await tried(test)] as const)));
  }

  private platformTests(): Record<string, Test> {
    return {
      storage: () => this.storage(),
      email: () => this.email(),
      mock_service: () => this.sandbox(),
    };
  }

  /** Asks for a place to write and one to read, and deletes what might be there. */
  private async storage(): Promise<TestResult> {
    const key = `tests/${newId()}.txt`;
    await this.bus.call(createUpload, { key, content_type: 'text/plain', max_bytes: 10 });
    await this.bus.call(createDownloads, { keys: [key] });
    await this.bus.call(deleteObjects, { keys: [key] });
    return { success: true, operation: 'sign and delete' };
  }

  /** To the tenant's owner. */
  private async email(): Promise<TestResult> {
    const { tenant } = await this.bus.call(getTenant, {});
    const { served_by: { provider } } = await this.bus.call(sendMessage, {
      idempotency_key: `delivery-test:${newId()}`, template: 'delivery-test', language: tenant.language, to: { email: tenant.owner_email, name: tenant.owner_name },
      data: { action_url: this.publicUrl.of('/api/docs') },
    });
    return { success: true, provider, operation: 'send' };
  }

  private async sandbox(): Promise<TestResult> {
    try {
      const { status } = await this.bus.call(getSandboxStatus, {});
      return { success: true, mode: 'sandbox', total_calls: status.total_calls };
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') return { success: false, mode: 'off', detail: 'No sandbox runs.' };
      throw error;
    }
  }
}

/** Every service has a provider `local`. */
const nameOf = (service: ProviderService, provider: string): string => keyOf(provider === 'local' ? `${service}-local` : provider);

async function tried(test: Test): Promise<TestResult> {
  const started = performance.now();
  const result = await test().catch(failed);
  return { ...result, elapsed_ms: Math.round((performance.now() - started) * 100) / 100 };
}

const failed = (error: unknown): TestResult => ({ success: false, detail: error instanceof AppError ? `${error.code}: ${error.detail}` : 'It failed; see the log.' });


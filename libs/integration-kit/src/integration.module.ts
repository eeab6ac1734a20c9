import { Controller, Inject, Module, type DynamicModule, type OnModuleDestroy, type Provider, type Type } from '@nestjs/common';
import {
  AppError, newId, providerLists, providerTests, usageRecorded, type IntegrationDomain, type ProviderReport, type ProviderService, type ProviderTest, type RequestOf,
} from '@tecnocursos/contracts';
import { DurablePublisher, RpcClient, RpcHandler, type BusConnection, type CallContext } from '@tecnocursos/messaging';
import { BUS, ENVIRONMENT, LOGGER, OutboundHttp, OutboundHttpConfigSchema, PlatformConfigSchema, readConfig, SCHEMA, type Environment, type Logger } from '@tecnocursos/nest-kit';
import {
  connectRedis, createVendorHttp, ProviderChain, RateLimit, ResponseCache, type ChainCaller, type ProviderDefinition, type RedisClient, type VendorHttp,
} from '@tecnocursos/provider-kit';
import type { Kysely } from 'kysely';
import { LeasedBudgets } from './budgets/leased-budgets.js';
import { callerOf } from './caller.js';
import { IdempotencyRepository } from './idempotency-table.js';
import { domainConfigSchema, IntegrationConfigSchema } from './integration.config.js';
import { KeptAnswers } from './kept-answers.js';
import { UsageJournal } from './ledger/usage-journal.js';
import { namedFetch } from './named-fetch.js';
import { reportsOf } from './provider-reports.js';
import { createProviderSet, type ProviderSet } from './provider-set.js';
import { TenantVendors } from './tenant-vendors.js';

const MIB = 1024 * 1024;

export interface IntegrationOptions<Port> {
  readonly domain: IntegrationDomain;
  readonly service: ProviderService;
  /** Begins the names of the domain's variables: `AI`. */
  readonly variablePrefix: string;
  /** Injects the `ProviderChain<Port>`. */
  readonly token: symbol;
  readonly definitions: readonly ProviderDefinition<Port>[];
  /** Tenants may bring credentials of their own for its vendors. */
  readonly tenantCredentials?: true;
  /** The service's schema has the table of `createIdempotencyTable`. */
  readonly idempotency?: true;
  /** Does one small piece of real work at one provider through the chain, and says what it tried. Rejects when the provider fails. */
  readonly test: (chain: ProviderChain<Port>, provider: string, caller: ChainCaller) => Promise<{ operation: string }>;
}

const PARTS = Symbol('INTEGRATION_PARTS');
const NO_TENANT = '00000000-0000-0000-0000-000000000000';

const SWEEP_EVERY_MS = 3_600_000;

interface Running {
  readonly journal: UsageJournal;
  readonly budgets: LeasedBudgets;
  readonly http: VendorHttp;
  readonly named: OutboundHttp;
  readonly redis: RedisClient | undefined;
  readonly sweep: NodeJS.Timeout;
}

/** What the chain of a service stands on, and what ends with it. */
class IntegrationParts<Port> implements OnModuleDestroy {
  constructor(
    readonly chain: ProviderChain<Port>,
    readonly providers: ProviderSet<Port>,
    readonly answers: KeptAnswers,
    private readonly running: Running,
  ) {}

  async onModuleDestroy(): Promise<void> {
    const { journal, budgets, http, named, redis, sweep } = this.running;
    clearInterval(sweep);
    await budgets.close();
    await journal.close();
    await http.close();
    await named.close();
    if (redis?.isOpen) redis.destroy();
  }
}

/** Puts a provider chain into a service: providers as the environment says, ledger and budgets over the bus, overview and tests of its providers. */
export function integrationModule<Port>(options: IntegrationOptions<Port>): DynamicModule {
  class IntegrationModule {}
  Module({})(IntegrationModule);
  const parts: Provider = {
    provide: PARTS,
    inject: [ENVIRONMENT, LOGGER, RpcClient, DurablePublisher, BUS, ...(options.idempotency ? [SCHEMA] : [])],
    useFactory: (environment: Environment, logger: Logger, rpc: RpcClient, publisher: DurablePublisher, connection: BusConnection, db?: Kysely<never>) =>
      createParts(options, { environment, logger, rpc, publisher, connection, db }),
  };
  const chain: Provider = { provide: options.token, inject: [PARTS], useFactory: ({ chain: made }: IntegrationParts<Port>) => made };
  const answers: Provider = { provide: KeptAnswers, inject: [PARTS], useFactory: ({ answers: kept }: IntegrationParts<Port>) => kept };
  return { module: IntegrationModule, providers: [parts, chain, answers], controllers: [deskOf(options)], exports: [options.token, KeptAnswers] };
}

interface Surroundings {
  environment: Environment;
  logger: Logger;
  rpc: RpcClient;
  publisher: DurablePublisher;
  connection: BusConnection;
  db: Kysely<never> | undefined;
}

function createParts<Port>(options: IntegrationOptions<Port>, { environment, logger, rpc, publisher, connection, db }: Surroundings): IntegrationParts<Port> {
  const config = readConfig(IntegrationConfigSchema, environment);
  const domain = readConfig(domainConfigSchema(options.variablePrefix), environment) as Record<string, never>;
  const setting = <T>(name: string): T => domain[`${options.variablePrefix}_${name}`] as T;
  const complain = (message: string) => (error: unknown): void => logger.warn({ err: error }, message);
  const redis = config.REDIS_URL === undefined ? undefined : connectRedis(config.REDIS_URL, complain('Redis cannot be reached'));
  const http = createVendorHttp();
  const { OUTBOUND_HTTP_PORTS: ports, OUTBOUND_HTTP_TRUSTED_HOSTS: trustedHosts } = readConfig(OutboundHttpConfigSchema, environment);
  const named = new OutboundHttp({ policy: { ports, trustedHosts } });
  const runtime = { fetch: http.fetch, fetchNamed: namedFetch(named), now: Date.now };
  const tenants = options.tenantCredentials && new TenantVendors({
    definitions: options.definitions, environment, runtime, redis, rpc, onError: complain('the credentials of a tenant cannot be read'),
  });
  const providers = createProviderSet({
    definitions: options.definitions, environment, redis, runtime,
    sandbox: { url: config.SANDBOX_URL, production: readConfig(PlatformConfigSchema, environment).NODE_ENV === 'production' },
  });
  const journal = new UsageJournal({
    root: config.USAGE_JOURNAL_DIR, onError: complain('attempts wait for the ledger'),
    publish: (records) => publisher.publish({ id: newId(), subject: usageRecorded.subject, payload: `{"records":[${records.join(',')}]}`, tenantId: NO_TENANT, requestId: '' }),
  });
  const budgets = new LeasedBudgets(rpc, complain('the budgets cannot be asked'));
  for (const handle of [...providers.handles, ...providers.testHandles]) handle.onAlert = ({ kind, detail }) => logger.error({ provider: handle.id, kind, detail }, 'a vendor needs attention');
  const idempotency = db && new IdempotencyRepository(db);
  const sweep = setInterval(() => void idempotency?.removeOld().catch(complain('old idempotency keys stay')), SWEEP_EVERY_MS).unref();
  const cache = new ResponseCache({ maxBytes: config.CACHE_MAX_MB * MIB, redis });
  const chain = new ProviderChain<Port>({
    domain: options.domain, handles: providers.handles, testHandles: providers.testHandles, policy: setting('ROUTING_POLICY'), budgets, ledger: journal, cache,
    tenantLimit: new RateLimit({ name: `tenant:${options.domain}`, requestsPerMinute: setting('TENANT_RATE_LIMIT_RPM'), tokensPerMinute: setting('TENANT_RATE_LIMIT_TPM'), redis }),
    ...(idempotency && { idempotency }), ...(tenants && { tenants }),
  });
  const answers = new KeptAnswers({ service: options.service, connection, cache, idempotency, onForget: (tenantId) => tenants?.forget(tenantId) });
  return new IntegrationParts(chain, providers, answers, { journal, budgets, http, named, redis, sweep });
}

/** A controller class that tells of the providers and tests them. */
function deskOf<Port>({ service, test }: IntegrationOptions<Port>): Type {
  @Controller()
  class ProviderDesk {
    constructor(@Inject(PARTS) private readonly parts: IntegrationParts<Port>) {}

    @RpcHandler(providerLists[service])
    async list(): Promise<{ providers: ProviderReport[] }> {
      return { providers: await reportsOf(this.parts.providers, Date.now()) };
    }

    @RpcHandler(providerTests[service])
    async test({ provider }: RequestOf<(typeof providerTests)[ProviderService]>, context: CallContext): Promise<{ results: ProviderTest[] }> {
      const { handles, off } = this.parts.providers;
      const active = handles.filter(({ id }) => provider === undefined || id === provider);
      const inactive = off.filter(({ definition }) => provider === undefined || definition.id === provider);
      if (active.length + inactive.length === 0) throw new AppError('not_found', `${service} has no provider "${provider}".`);
      const results = await Promise.all(active.map(({ id, info }) => tested(id, info.mode, () => test(this.parts.chain, id, callerOf(context)))));
      return { results: [...results, ...inactive.map(({ definition, reason }) => ({ success: false, provider: definition.id, mode: 'off' as const, operation: null, elapsed_ms: 0, detail: reason }))] };
    }
  }
  return ProviderDesk;
}

async function tested(provider: string, mode: ProviderTest['mode'], work: () => Promise<{ operation: string }>): Promise<ProviderTest> {
  const started = performance.now();
  const elapsed = (): number => Math.round((performance.now() - started) * 100) / 100;
  try {
    const { operation } = await work();
    return { success: true, provider, mode, operation, elapsed_ms: elapsed() };
  } catch (error) {
    return { success: false, provider, mode, operation: null, elapsed_ms: elapsed(), detail: error instanceof AppError ? `${error.code}: ${error.detail}` : 'It failed; see the log.' };
  }
}

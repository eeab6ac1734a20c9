import { AppError, newId, revealCredentials } from '@tecnocursos/contracts';
import { backgroundContext, runInContext, type RpcClient } from '@tecnocursos/messaging';
import { liveSecrets, type Environment } from '@tecnocursos/nest-kit';
import { configureProvider, hashOf, ProviderHandle, type ProviderDefinition, type ProviderRuntime, type RedisClient, type TenantProviders } from '@tecnocursos/provider-kit';

/** A secret is kept in memory for a minute at most, as its contract says; one that is in use is asked for again before. */
const KEEP_MS = 60_000;
const REFRESH_MS = 30_000;
const RETRY_MS = 5_000;
const ANSWER_MS = 2_000;
const MOST_TENANTS = 10_000;

type Credentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Known<Port> {
  readonly handles: readonly ProviderHandle<Port>[];
  /** Of the credentials that the handles stand on. */
  readonly hash: string;
  readonly until: number;
  readonly refreshAt: number;
}

export interface TenantVendorsOptions<Port> {
  readonly definitions: readonly ProviderDefinition<Port>[];
  readonly environment: Environment;
  readonly runtime: ProviderRuntime;
  readonly redis: RedisClient | undefined;
  readonly rpc: Pick<RpcClient, 'call'>;
  readonly onError: (error: unknown) => void;
}

/** Providers on the accounts that tenants brought credentials for (`PUT /api/credentials/{provider}/{field}`). */
export class TenantVendors<Port> implements TenantProviders<Port> {
  private readonly known = new Map<string, Known<Port>>();
  private readonly loading = new Map<string, Promise<void>>();
  private readonly definitions: readonly ProviderDefinition<Port>[];

  constructor(private readonly options: TenantVendorsOptions<Port>) {
    this.definitions = options.definitions.filter(({ kind, credentials }) => kind === 'remote' && credentials.length > 0);
  }

  recall(tenantId: string): readonly ProviderHandle<Port>[] | undefined {
    if (tenantId === '' || this.definitions.length === 0) return [];
    const known = this.known.get(tenantId);
    const now = this.options.runtime.now();
    if (!known || now >= known.until) return undefined;
    if (now >= known.refreshAt) void this.load(tenantId);
    return known.handles;
  }

  load(tenantId: string): Promise<void> {
    const running = this.loading.get(tenantId);
    if (running) return running;
    const loading = this.refresh(tenantId).finally(() => this.loading.delete(tenantId));
    this.loading.set(tenantId, loading);
    return loading;
  }

  forget(tenantId: string): void {
    this.known.delete(tenantId);
  }

  private async refresh(tenantId: string): Promise<void> {
    const earlier = this.known.get(tenantId);
    try {
      const credentials = await this.reveal(tenantId);
      const hash = hashOf(credentials);
      this.keep(tenantId, earlier?.hash === hash ? earlier.handles : this.handlesOf(tenantId, credentials), hash, KEEP_MS);
    } catch (error) {
      this.options.onError(error);
      this.keep(tenantId, earlier?.handles ?? [], earlier?.hash ?? '', RETRY_MS); // nothing is taken away because somebody could not be asked
    }
  }

  private async reveal(tenantId: string): Promise<Credentials> {
    const providers = this.definitions.map(({ id }) => id);
    try {
      const { credentials } = await runInContext(backgroundContext(tenantId, newId()), () => this.options.rpc.call(revealCredentials, { providers }, { timeoutMs: ANSWER_MS }));
      return credentials;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return {}; // the organization has ended
      throw error;
    }
  }

  private handlesOf(tenantId: string, credentials: Credentials): ProviderHandle<Port>[] {
    return this.definitions.flatMap((definition) => {
      const own = credentials[definition.id];
      const handle = own && this.handleOf(definition, tenantId, own);
      return handle ? [handle] : [];
    });
  }

  /** None when a credential of the vendor is missing, or the operator has switched the vendor off. */
  private handleOf(definition: ProviderDefinition<Port>, owner: string, fields: Readonly<Record<string, string>>): ProviderHandle<Port> | undefined {
    const { environment, runtime, redis } = this.options;
    const variables = Object.fromEntries(definition.credentials.map((name) => [`${definition.variablePrefix}_${name}`, fields[name.toLowerCase()]]));
    if (Object.values(variables).includes(undefined)) return undefined;
    const configuration = configureProvider(definition, { ...environment, ...variables }, { url: undefined, production: true });
    if ('problems' in configuration || configuration.settings.mode !== 'live') return undefined;
    for (const secret of configuration.secrets) liveSecrets.add(secret.reveal());
    return new ProviderHandle(definition, configuration, definition.create(configuration.settings, runtime), { redis, owner });
  }

  private keep(tenantId: string, handles: readonly ProviderHandle<Port>[], hash: string, keepMs: number): void {
    const now = this.options.runtime.now();
    this.known.delete(tenantId); // the oldest of a map is its first
    this.known.set(tenantId, { handles, hash, until: now + keepMs, refreshAt: now + Math.min(keepMs, REFRESH_MS) });
    for (const [oldest] of this.known) {
      if (this.known.size <= MOST_TENANTS) break;
      this.known.delete(oldest);
    }
  }
}

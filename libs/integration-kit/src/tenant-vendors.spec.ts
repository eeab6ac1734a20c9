import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { liveSecrets } from '@tecnocursos/nest-kit';
import { defineProvider, FREE, ProviderFailure, type ProviderDefinition } from '@tecnocursos/provider-kit';
import { TenantVendors, type TenantVendorsOptions } from './tenant-vendors.js';

interface Port {
  readonly account: string;
}

const vendor = (id: string, credentials: readonly string[]): ProviderDefinition<Port> =>
  defineProvider<Port>()({
    id, title: id, domain: 'ai', kind: 'remote', capabilities: ['chat'], variablePrefix: id.toUpperCase(), credentials, prices: FREE,
    address: { live: `https://${id}.test`, sandbox: `/${id}` },
    create: ({ credential }) => ({ account: credentials.map((name) => credential(name).reveal()).join('+') }),
    toFailure: (error) => new ProviderFailure('unavailable', String(error)),
  }) as unknown as ProviderDefinition<Port>;

const TENANT = '00000000-0000-4000-8000-000000000001';
type Stored = Record<string, Record<string, string>>;

describe('vendors on the accounts of tenants', () => {
  let now: number;
  let asked: number;
  let stored: () => Promise<Stored>;
  let errors: unknown[];

  beforeEach(() => {
    [now, asked, errors] = [1_000_000, 0, []];
    stored = async () => ({});
  });

  const vendors = (environment: TenantVendorsOptions<Port>['environment'] = {}): TenantVendors<Port> =>
    new TenantVendors<Port>({
      definitions: [vendor('openai', ['API_KEY']), vendor('polly', ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'])], environment, redis: undefined,
      runtime: { fetch: globalThis.fetch, now: () => now }, onError: (error) => errors.push(error),
      rpc: { call: (async (_contract: unknown, request: unknown) => {
        asked += 1;
        expect(request).toEqual({ providers: ['openai', 'polly'] });
        return { credentials: await stored() };
      }) as never },
    });
  const accounts = (of: TenantVendors<Port>): string[] | undefined => of.recall(TENANT)?.map(({ id, port, info }) => `${id} ${info.mode} ${port.account}`);

  it('are those for which every credential is there', async () => {
    stored = async () => ({ openai: { api_key: 'sk-of-the-tenant' }, polly: { access_key_id: 'AKIA0123' } });
    const made = vendors({ OPENAI_API_KEY: 'sk-of-ours', POLLY_SECRET_ACCESS_KEY: 'of-ours' });
    expect(made.recall(TENANT)).toBeUndefined();
    await made.load(TENANT);
    expect(accounts(made)).toEqual(['openai live sk-of-the-tenant']);
    expect(liveSecrets.scrub('key sk-of-the-tenant')).not.toContain('sk-of-the-tenant');
  });

  it('spend of no budget of ours, and have a rate limit of their own', async () => {
    stored = async () => ({ openai: { api_key: 'sk-of-the-tenant' } });
    const made = vendors({ OPENAI_DAILY_BUDGET_USD: '1', OPENAI_RATE_LIMIT_RPM: '1' });
    await made.load(TENANT);
    await made.load('another');
    const [own, other] = [made.recall(TENANT)?.[0], made.recall('another')?.[0]];
    expect(own?.claimsOf(TENANT).map(({ key }) => `${key.scope} ${key.period}`)).toEqual(['tenant day', 'tenant month']);
    expect([await own?.rateLimit.take('all', 1), await other?.rateLimit.take('all', 1)]).toEqual([0, 0]);
    expect(await own?.rateLimit.take('all', 1)).toBeGreaterThan(0);
  });

  it('are not made where the operator has switched the vendor off, or to the sandbox', async () => {
    stored = async () => ({ openai: { api_key: 'sk-of-the-tenant' } });
    for (const environment of [{ OPENAI_ENABLED: 'false' }, { OPENAI_SANDBOX: 'true' }]) {
      const made = vendors(environment);
      await made.load(TENANT);
      expect(made.recall(TENANT)).toEqual([]);
    }
  });

  it('are asked for once by many at a time, again after half a minute, and forgotten after one', async () => {
    const made = vendors();
    await Promise.all(Array.from({ length: 10 }, () => made.load(TENANT)));
    expect([asked, made.recall(TENANT)]).toEqual([1, []]);
    stored = async () => ({ openai: { api_key: 'sk-brought-since' } });
    now += 30_000;
    expect(made.recall(TENANT)).toEqual([]); // at once; what it asks for is there for the next
    await made.load(TENANT);
    expect([asked, accounts(made)]).toEqual([2, ['openai live sk-brought-since']]);
    const before = made.recall(TENANT);
    now += 30_000;
    await made.load(TENANT);
    expect(made.recall(TENANT)).toBe(before); // breaker and limits go on when nothing has changed
    now += 60_000;
    expect(made.recall(TENANT)).toBeUndefined();
  });

  it('stay as they are while nobody can be asked, and end with the organization', async () => {
    stored = async () => ({ openai: { api_key: 'sk-of-the-tenant' } });
    const made = vendors();
    await made.load(TENANT);
    stored = () => Promise.reject(new AppError('unavailable', 'away'));
    now += 60_000;
    await made.load(TENANT);
    expect(accounts(made)).toEqual(['openai live sk-of-the-tenant']);
    expect(errors).toHaveLength(1);
    stored = () => Promise.reject(new AppError('not_found', 'no such organization'));
    now += 5_000;
    await made.load(TENANT);
    expect(made.recall(TENANT)).toEqual([]);
    made.forget(TENANT);
    expect(made.recall(TENANT)).toBeUndefined();
  });
});

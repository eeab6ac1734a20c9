import { describe, expect, it } from 'vitest';
import type { TenantProviders } from '../tenant-providers.port.js';
import { callWith, fails, OTHER_TENANT, TENANT, toyChain, toyHandle, works, type Toy, type ToyOptions } from '../testing/chain.fixture.js';

/** What tenants brought, which has to be loaded first. */
function brought(own: Readonly<Record<string, readonly ToyOptions[]>>): TenantProviders<Toy> & { loads: string[] } {
  const loaded = new Map<string, ReturnType<typeof toyHandle>[]>();
  const loads: string[] = [];
  return {
    loads,
    recall: (tenantId) => loaded.get(tenantId),
    load: async (tenantId) => {
      loads.push(tenantId);
      loaded.set(tenantId, (own[tenantId] ?? []).map((toy) => toyHandle({ ...toy, owner: tenantId })));
    },
  };
}

describe('providers on the accounts of tenants', () => {
  it('answer their tenant first, in place of ours for the same vendor, and nobody else', async () => {
    const tenants = brought({ [TENANT]: [{ id: 'two', script: works('from the own account') }] });
    const { chain, calls } = toyChain([{ id: 'one', script: works('from one') }, { id: 'two', script: works('from two') }], { tenants });
    expect(await chain.run(callWith())).toMatchObject({ value: 'from the own account', provider: 'two' });
    expect(await chain.run(callWith({ caller: { tenantId: OTHER_TENANT } }))).toMatchObject({ value: 'from one', provider: 'one' });
    expect(await chain.run(callWith({ caller: { tenantId: OTHER_TENANT }, route: { provider: 'two' } }))).toMatchObject({ value: 'from two' });
    expect(calls()).toEqual([1, 1]);
    expect(tenants.loads).toEqual([TENANT, OTHER_TENANT]);
  });

  it('are vendors that are off here, too', async () => {
    const { chain } = toyChain([{ id: 'one' }], { tenants: brought({ [TENANT]: [{ id: 'three', script: works('three') }] }) });
    expect(await chain.run(callWith({ route: { provider: 'three' } }))).toMatchObject({ value: 'three', provider: 'three' });
  });

  it('leave the work to ours when they fail, and ours untouched', async () => {
    const { chain, handles } = toyChain([{ id: 'one', script: works('from one') }, { id: 'two', script: works('from two') }], {
      tenants: brought({ [TENANT]: [{ id: 'two', script: fails('auth') }] }),
    });
    expect(await chain.run(callWith())).toMatchObject({ value: 'from one', fallbackFrom: 'two' });
    expect(handles[1]?.isResting(Date.now())).toBe(false);
  });

  it('are not asked for by keys of the test mode', async () => {
    const tenants = brought({ [TENANT]: [{ id: 'one', script: works('real') }] });
    const { chain } = toyChain([], { tenants, testHandles: [toyHandle({ id: 'one', script: works('simulated') })] });
    expect(await chain.run(callWith({ caller: { mode: 'test' } }))).toMatchObject({ value: 'simulated' });
    expect(tenants.loads).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, PROVIDER_SERVICES, providerTests } from '@tecnocursos/contracts';
import { GatewayHarness } from '../gateway.harness.js';

describe('tests of one integration', () => {
  let harness: GatewayHarness;
  beforeAll(async () => {
    harness = await GatewayHarness.start();
    for (const service of PROVIDER_SERVICES) {
      harness.services.on(providerTests[service], ({ provider }) => {
        throw new AppError('not_found', `There is no provider ${provider}.`);
      });
    }
  }, 60_000);
  afterAll(() => harness?.stop());

  it.each(['constructor', 'toString', '__proto__', 'nobody'])('know no "%s"', async (name) => {
    const response = await harness.fetch(`/api/integrations/test/${name}`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ code: 'not_found', detail: expect.stringContaining(name) })]);
  });
});

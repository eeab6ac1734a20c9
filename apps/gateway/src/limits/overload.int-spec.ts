import { afterAll, beforeAll, expect, it } from 'vitest';
import { listPlans } from '@tecnocursos/contracts';
import { GatewayHarness } from '../gateway.harness.js';

const BUSY_MS = 120;

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start({ MAX_EVENT_LOOP_LAG_MS: '60' });
  harness.services.on(listPlans, () => ({ plans: [] }));
});
afterAll(() => harness.stop());

/** Work that keeps the gateway's thread from everything else, turn after turn. */
function keepBusy(): NodeJS.Timeout {
  return setInterval(() => {
    const end = performance.now() + BUSY_MS;
    while (performance.now() < end);
  }, 1);
}

async function statusBecomes(status: number): Promise<Response> {
  for (let tries = 0; tries < 60; tries += 1) {
    const response = await harness.fetch('/api/plans');
    if (response.status === status) return response;
    await response.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No answer had the status ${status}`);
}

it('sheds requests while its thread is late, but not probes, and takes them again after', async () => {
  expect((await harness.fetch('/api/plans')).status).toBe(200);
  const work = keepBusy();
  const refused = await statusBecomes(503);
  expect(await refused.json()).toMatchObject({ code: 'overloaded', status: 503 });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const asked = harness.services.callsOf(listPlans).length;
  expect((await harness.fetch('/api/health/live')).status).toBe(200);
  clearInterval(work);
  expect(harness.services.callsOf(listPlans)).toHaveLength(asked);
  await statusBecomes(200);
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { healthChecks, SERVICE_NAMES, type DependencyHealth, type ServiceHealth, type ServiceName } from '@tecnocursos/contracts';
import { GatewayHarness } from '../gateway.harness.js';

let harness: GatewayHarness;
beforeAll(async () => {
  harness = await GatewayHarness.start();
});
afterAll(() => harness.stop());

const healthOf = (service: string, status: ServiceHealth['status'] = 'up', dependencies: DependencyHealth[] = []): ServiceHealth => ({
  service, status, version: '0.1.0', uptime_s: 1, dependencies,
});
const serve = (service: ServiceName, status?: ServiceHealth['status'], dependencies?: DependencyHealth[]): void => {
  harness.services.on(healthChecks[service], () => healthOf(service, status, dependencies));
};
const open = async (path: string): Promise<{ status: number; body: unknown; elapsedMs: number }> => {
  const started = performance.now();
  const response = await harness.fetch(path, { headers: { authorization: '' } });
  return { status: response.status, body: await response.json(), elapsedMs: performance.now() - started };
};

beforeEach(() => {
  for (const service of SERVICE_NAMES) serve(service);
});

describe("the platform's health", () => {
  it('is up when all services are', async () => {
    const { status, body } = await open('/api/health');
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'up', services: SERVICE_NAMES.map((service) => healthOf(service)) });
  });

  it('is degraded, and still 200, when a service is', async () => {
    serve('tts', 'degraded');
    const { status, body } = await open('/api/health');
    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'degraded' })]);
  });

  it('is down when a service says so', async () => {
    serve('tts', 'down', [{ name: 'espeak-ng', kind: 'engine', status: 'down', detail: 'apt-get install espeak-ng' }]);
    const { status, body } = await open('/api/health');
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: 'down', services: expect.arrayContaining([expect.objectContaining({ service: 'tts', status: 'down', version: '0.1.0' })]) });
  });

  it('shows a service that does not answer within 2 s, and the others as they are', async () => {
    harness.services.on(healthChecks.courses, () => new Promise<never>(() => undefined));
    const { status, body, elapsedMs } = await open('/api/health');
    expect(elapsedMs).toBeLessThan(2_000);
    expect(status).toBe(503);
    expect(body).toMatchObject({ services: expect.arrayContaining([
      { service: 'courses', status: 'down', detail: 'courses did not answer within 1500 ms.', dependencies: [] }, healthOf('billing'),
    ]) });
  });

  it('shows a service that is not there at once', async () => {
    harness.services.off(healthChecks.ai);
    const { status, body, elapsedMs } = await open('/api/health');
    expect(elapsedMs).toBeLessThan(1_000);
    expect(status).toBe(503);
    expect(body).toMatchObject({ services: expect.arrayContaining([expect.objectContaining({ service: 'ai', status: 'down' })]) });
  });
});

describe('this process', () => {
  it('is live and ready, with no other service asked', async () => {
    harness.services.calls.length = 0;
    expect(await open('/api/health/live')).toMatchObject({ status: 200, body: { status: 'up' } });
    expect(await open('/api/health/ready?probe=1')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(harness.services.calls).toEqual([]);
  });
});

describe('integrations', () => {
  const ffmpeg: DependencyHealth = { name: 'ffmpeg', kind: 'engine', status: 'up', mode: 'local' };
  beforeEach(() => {
    serve('tts', 'up', [ffmpeg, { name: 'postgresql', kind: 'database', status: 'up' }]);
    serve('avatar-video', 'down', [{ ...ffmpeg, status: 'down', detail: 'Install ffmpeg: apt-get install ffmpeg' }]);
    serve('storage', 'up', [{ name: 'local-disk', kind: 'storage', status: 'up', mode: 'local' }]);
  });

  it('are listed by name, each with its worst report and who uses it', async () => {
    const { status, body } = await open('/api/integrations/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'down',
      integrations: [
        { ...ffmpeg, status: 'down', detail: 'Install ffmpeg: apt-get install ffmpeg', services: ['tts', 'avatar-video'] },
        { name: 'local-disk', kind: 'storage', status: 'up', mode: 'local', services: ['storage'] },
      ],
      unreachable_services: [],
    });
  });

  it('tell which services could not be asked', async () => {
    harness.services.off(healthChecks.notifications);
    expect((await open('/api/integrations/health')).body).toMatchObject({ unreachable_services: ['notifications'] });
  });

  it('are found by the name of a dependency or of a service', async () => {
    expect((await open('/api/integrations/health/ffmpeg')).body).toMatchObject({ name: 'ffmpeg', status: 'down' });
    expect((await open('/api/integrations/health/storage')).body).toMatchObject({ service: 'storage', status: 'up' });
    expect(await open('/api/integrations/health/nobody')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

import { describe, expect, it } from 'vitest';
import type { ProviderReport } from '@tecnocursos/contracts';
import { filmingProviders } from './filming-providers.js';

const report = (id: string, mode: ProviderReport['mode'], capabilities = ['avatar']): ProviderReport => ({
  id, mode, capabilities, title: id, domain: 'avatar-video', reason: '', health: 'unknown', breaker: null, resting_ms: 0, success_rate: null, calls: 0, latency_ms: {}, last_error: null, notices: [],
});

describe('who films a presenter', () => {
  const live = [report('synthesia', 'live'), report('d-id', 'live'), report('local', 'local'), report('runway', 'live', ['effect'])];
  const simulated = [report('synthesia', 'sandbox'), report('d-id', 'sandbox'), report('local', 'local')];
  const mixed = [report('synthesia', 'sandbox'), report('d-id', 'live'), report('local', 'local')];

  it.each<[string, ProviderReport[], string | undefined, string[]]>([
    ['vendors that are configured, in their order', live, undefined, ['synthesia', 'd-id']],
    ['whoever was chosen, then the others', live, 'd-id', ['d-id', 'synthesia']],
    ['nobody, when all are simulated and none was chosen', simulated, undefined, []],
    ['simulated ones, when one of them was chosen', simulated, 'd-id', ['d-id', 'synthesia']],
    ['no simulated one in place of a real one', mixed, undefined, ['d-id']],
    ['no simulated one after a real one', mixed, 'd-id', ['d-id']],
    ['nobody who is off', [report('d-id', 'off')], 'd-id', []],
  ])('%s', (_label, reports, chosen, expected) => {
    expect(filmingProviders(reports, chosen)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import { recordOf } from '../testing/records.fixture.js';
import { screenRecords } from './record-screening.js';

const NOW = new Date('2026-11-25T12:00:00Z');
const TENANT = newId();

describe('the screening of records', () => {
  it('takes the good ones and says by field what is wrong with the others', () => {
    const good = recordOf(TENANT);
    const { records, rejected } = screenRecords([
      { ...recordOf(TENANT), cost_micros: -1 }, good, 'secret', { ...recordOf(TENANT), provider: 'open\u0000ai' }, { ...recordOf(TENANT), cost_micros: 0.5 },
    ], NOW, 400);
    expect(records).toEqual([good]);
    expect(rejected).toEqual(['records.0.cost_micros: not valid', 'records.2: not valid', 'records.3.provider: not valid', 'records.4.cost_micros: not valid']);
  });

  it('refuses times that the ledger does not keep', () => {
    const at = (started_at: string) => screenRecords([recordOf(TENANT, { started_at })], NOW, 2);
    expect(at('2026-11-23T12:00:00Z').records).toHaveLength(1);
    expect(at('2026-11-23T11:59:59Z').rejected).toEqual(['records.0.started_at: is older than what the ledger keeps']);
    expect(at('0000-01-01T00:00:00Z').records).toEqual([]);
    expect(at('2026-11-25T13:00:01Z').rejected).toEqual(['records.0.started_at: lies in the future']);
  });

  it('puts attempts of a request at one operation together when they do not say which call they are of', () => {
    const { call_id: _first, ...one } = recordOf(TENANT);
    const { call_id: _second, ...two } = recordOf(TENANT, { attempt: 2 });
    const { call_id: _third, ...other } = recordOf(TENANT, { operation: 'translate' });
    const [a, b, c] = screenRecords([one, two, other], NOW, 400).records.map((record) => record.call_id);
    expect(a).toBe(b);
    expect(c).not.toBe(a);
  });
});

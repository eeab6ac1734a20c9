import { PriceTable } from '@tecnocursos/provider-kit';

const PRO_PLAN = { unit: 'milliseconds', usd: 1.6, per: 60_000, source: 'D-ID Pro plan, $48 a month for 30 minutes, as quoted by api-evangelist/d-id; plan-based, low confidence', date: '2026-06-12' } as const;

export const D_ID_PRICES = new PriceTable([{ model: 'clips', ...PRO_PLAN }, { model: 'expressives', ...PRO_PLAN }]);

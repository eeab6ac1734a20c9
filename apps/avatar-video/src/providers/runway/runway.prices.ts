import { PriceTable } from '@tecnocursos/provider-kit';

/** A credit costs a cent; how many an order takes is in Runway's answer to it. */
export const RUNWAY_PRICES = new PriceTable([
  { model: 'gen4_turbo', unit: 'credits', usd: 0.01, per: 1, source: 'docs.dev.runwayml.com, API pricing', date: '2026-11-23' },
  { model: 'gen4.5', unit: 'credits', usd: 0.01, per: 1, source: 'docs.dev.runwayml.com, API pricing', date: '2026-11-23' },
]);

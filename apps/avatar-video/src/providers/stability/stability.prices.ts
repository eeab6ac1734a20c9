import { PriceTable } from '@tecnocursos/provider-kit';

/** Credits a picture are of the API reference; a credit costs a cent. */
const ROW = { unit: 'credits', usd: 0.01, per: 1, source: 'platform.stability.ai pricing: 1,000 credits for $10; credits of each model from the API reference', date: '2026-05-04' } as const;

export const STABILITY_PRICES = new PriceTable([{ model: 'core', ...ROW }, { model: 'ultra', ...ROW }]);

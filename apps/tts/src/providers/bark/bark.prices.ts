import { PriceTable } from '@tecnocursos/provider-kit';

/**
 * Replicate bills the seconds that the model ran. The price of the dearest machine that the model is offered on stands here until the account's own is known. On a
 * machine of one's own nothing is billed.
 */
export const BARK_PRICES = new PriceTable([
  { model: 'suno-ai/bark', unit: 'milliseconds', usd: 0.000_975, per: 1_000, source: 'https://replicate.com/pricing (one L40S; not verified)', date: '2026-11-23' },
  { model: 'bark', unit: 'characters', usd: 0, per: 1, source: 'own machine', date: '2026-11-23' },
]);

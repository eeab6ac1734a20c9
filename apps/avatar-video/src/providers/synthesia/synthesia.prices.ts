import { PriceTable } from '@tecnocursos/provider-kit';

/** A plan's price by its minutes: Synthesia publishes no price of the API alone. */
export const SYNTHESIA_PRICES = new PriceTable([
  { model: 'video', unit: 'milliseconds', usd: 2.97, per: 60_000, source: 'Creator plan, $89 a month for 30 minutes; not verified, no price per minute is published', date: '2026-11-23' },
]);

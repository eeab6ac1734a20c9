import { PriceTable } from '@tecnocursos/provider-kit';

const SOURCE = 'https://elevenlabs.io/pricing/api, as quoted by hail-hq/costs';
const DATE = '2026-05-31';

/** US dollars for 1,000 characters, pay as you go. Models without a row (v3, v4) cost what the dearest does until their price is known. */
export const ELEVENLABS_PRICES = new PriceTable([
  { model: 'eleven_flash_v2_5', unit: 'characters', usd: 0.05, per: 1_000, source: SOURCE, date: DATE },
  { model: 'eleven_multilingual_v2', unit: 'characters', usd: 0.1, per: 1_000, source: SOURCE, date: DATE },
]);

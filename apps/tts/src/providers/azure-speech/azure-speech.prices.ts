import { PriceTable } from '@tecnocursos/provider-kit';

const SOURCE = 'https://azure.microsoft.com/pricing/details/speech/ (standard tier; HD not verified, the upper figure of 22 to 30 is taken)';
const DATE = '2026-11-23';

export const AZURE_SPEECH_PRICES = new PriceTable([
  { model: 'neural', unit: 'characters', usd: 15, per: 1_000_000, source: SOURCE, date: DATE },
  { model: 'hd', unit: 'characters', usd: 30, per: 1_000_000, source: SOURCE, date: DATE },
]);

import { PriceTable } from '@tecnocursos/provider-kit';

const SOURCE = 'https://aws.amazon.com/polly/pricing/, as quoted by others';
const DATE = '2026-10-07';
const row = (model: string, usd: number) => ({ model, unit: 'characters', usd, per: 1_000_000, source: SOURCE, date: DATE }) as const;

/** US dollars for a million characters, tags not counted; speech marks are billed like speech. */
export const AWS_POLLY_PRICES = new PriceTable([row('standard', 4), row('neural', 16), row('generative', 30), row('long-form', 100)]);

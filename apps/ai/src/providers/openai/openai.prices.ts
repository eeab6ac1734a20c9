import { PriceTable, type PriceRow } from '@tecnocursos/provider-kit';

const MILLION = 1_000_000;
const PRICES_PACKAGE = { source: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' };
const FAMILY_6_1 = { source: 'PromptFuel and apidog, quoting the vendor', date: '2026-10-27' };

interface Listed {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

type Read = Pick<PriceRow, 'source' | 'date'>;

/** US dollars for a million tokens. */
function rows(model: string, { input, cached, output }: Listed, read: Read, bound: Pick<PriceRow, 'aboveInputTokens'> = {}): PriceRow[] {
  const base = { model, per: MILLION, ...bound, ...read };
  return [{ ...base, unit: 'input_tokens', usd: input }, { ...base, unit: 'cached_input_tokens', usd: cached }, { ...base, unit: 'output_tokens', usd: output }];
}

/** Above 272,000 input tokens the whole request costs twice as much for input, half as much again for output. */
const LONG_INPUT_TOKENS = 272_000;
const tiered = (model: string, { input, cached, output }: Listed, read: Read): PriceRow[] => [
  ...rows(model, { input, cached, output }, read),
  ...rows(model, { input: input * 2, cached: cached * 2, output: output * 1.5 }, read, { aboveInputTokens: LONG_INPUT_TOKENS }),
];

export const OPENAI_PRICES = new PriceTable([
  ...tiered('gpt-6-luna', { input: 0.1, cached: 0.01, output: 0.5 }, PRICES_PACKAGE),
  ...tiered('gpt-6.1-terra', { input: 1, cached: 0.05, output: 5 }, FAMILY_6_1),
  ...tiered('gpt-6.1-sol', { input: 2, cached: 0.1, output: 10 }, FAMILY_6_1),
  ...tiered('gpt-6-astra', { input: 10, cached: 1, output: 50 }, PRICES_PACKAGE),
  ...tiered('gpt-5.6-luna', { input: 0.2, cached: 0.02, output: 1.2 }, PRICES_PACKAGE),
  ...rows('gpt-5.4-mini', { input: 0.75, cached: 0.075, output: 4.5 }, PRICES_PACKAGE),
  ...rows('gpt-4o-mini', { input: 0.15, cached: 0.075, output: 0.6 }, PRICES_PACKAGE),
  ...rows('gpt-4o', { input: 2.5, cached: 1.25, output: 10 }, PRICES_PACKAGE),
  { model: 'omni-moderation-latest', unit: 'requests', usd: 0, per: 1, ...PRICES_PACKAGE },
]);

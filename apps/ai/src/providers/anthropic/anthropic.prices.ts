import { PriceTable, type PriceRow } from '@tecnocursos/provider-kit';

const MILLION = 1_000_000;
const PRICES_PACKAGE = { source: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' };
const FAMILY_5_5 = { source: 'claudit 1.9.2 and PromptFuel, quoting the vendor', date: '2026-10-24' };

interface Listed {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** A write to the cache for five minutes costs 1.25 times the input; the adapter asks for no other kind. */
const CACHE_WRITE_FACTOR = 1.25;

/** US dollars for a million tokens. */
function rows(model: string, { input, cached, output }: Listed, read: { source: string; date: string }, bound: { aboveInputTokens?: number } = {}): PriceRow[] {
  const base = { model, per: MILLION, ...bound, ...read };
  return [
    { ...base, unit: 'input_tokens', usd: input },
    { ...base, unit: 'cached_input_tokens', usd: cached },
    { ...base, unit: 'cache_write_tokens', usd: input * CACHE_WRITE_FACTOR },
    { ...base, unit: 'output_tokens', usd: output },
  ];
}

const HAIKU_LONG = { aboveInputTokens: 100_000 };
const LONG = { aboveInputTokens: 200_000 };

export const ANTHROPIC_PRICES = new PriceTable([
  ...rows('claude-haiku-5-5', { input: 0.1, cached: 0.01, output: 0.5 }, FAMILY_5_5),
  // Above 100,000 tokens of prompt the whole request costs this.
  ...rows('claude-haiku-5-5', { input: 0.5, cached: 0.05, output: 2.5 }, FAMILY_5_5, HAIKU_LONG),
  ...rows('claude-sonnet-5-5', { input: 2, cached: 0.1, output: 10 }, FAMILY_5_5),
  ...rows('claude-opus-5-5', { input: 4, cached: 0.2, output: 20 }, PRICES_PACKAGE),
  ...rows('claude-fable-5-1', { input: 10, cached: 0.25, output: 50 }, PRICES_PACKAGE),
  ...rows('claude-fable-5', { input: 10, cached: 1, output: 50 }, PRICES_PACKAGE),
  ...rows('claude-sonnet-5', { input: 2, cached: 0.2, output: 10 }, PRICES_PACKAGE),
  ...['claude-opus-5', 'claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6', 'claude-opus-4-5', 'claude-opus-4-5-20251101'].flatMap((model) =>
    rows(model, { input: 5, cached: 0.5, output: 25 }, PRICES_PACKAGE)),
  ...rows('claude-sonnet-4-6', { input: 3, cached: 0.3, output: 15 }, PRICES_PACKAGE),
  ...['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'].flatMap((model) => [
    ...rows(model, { input: 3, cached: 0.3, output: 15 }, PRICES_PACKAGE),
    ...rows(model, { input: 6, cached: 0.6, output: 22.5 }, PRICES_PACKAGE, LONG),
  ]),
  ...['claude-haiku-4-5', 'claude-haiku-4-5-20251001'].flatMap((model) => rows(model, { input: 1, cached: 0.1, output: 5 }, PRICES_PACKAGE)),
]);

import { PriceTable, type PriceRow } from '@tecnocursos/provider-kit';

const MILLION = 1_000_000;
const READ = { source: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' };

interface Listed {
  readonly input: number;
  readonly cached: number;
  /** Thinking included. */
  readonly output: number;
}

/** US dollars for a million tokens of text or pictures. */
function rows(model: string, { input, cached, output }: Listed, bound: { aboveInputTokens?: number } = {}): PriceRow[] {
  const base = { model, per: MILLION, ...bound, ...READ };
  return [{ ...base, unit: 'input_tokens', usd: input }, { ...base, unit: 'cached_input_tokens', usd: cached }, { ...base, unit: 'output_tokens', usd: output }];
}

const LONG = { aboveInputTokens: 200_000 };

export const GEMINI_PRICES = new PriceTable([
  // The list halves 3.6, 3.7 and 3.8 until the end of 2026; the full price is counted, so that an estimate is never too low.
  ...['gemini-3.8-flash', 'gemini-3.7-flash', 'gemini-3.6-flash', 'gemini-flash-latest'].flatMap((model) => rows(model, { input: 1.5, cached: 0.15, output: 7.5 })),
  ...rows('gemini-3.5-flash', { input: 1.5, cached: 0.15, output: 9 }),
  ...['gemini-3.5-flash-lite', 'gemini-flash-lite-latest'].flatMap((model) => rows(model, { input: 0.3, cached: 0.03, output: 2.5 })),
  ...rows('gemini-3.1-flash-lite', { input: 0.25, cached: 0.025, output: 1.5 }),
  ...['gemini-3.1-pro-preview', 'gemini-pro-latest'].flatMap((model) => [
    ...rows(model, { input: 2, cached: 0.2, output: 12 }),
    ...rows(model, { input: 4, cached: 0.4, output: 18 }, LONG),
  ]),
  ...rows('gemini-3-flash-preview', { input: 0.5, cached: 0.05, output: 3 }),
  ...rows('gemini-2.5-flash', { input: 0.3, cached: 0.03, output: 2.5 }),
  ...rows('gemini-2.5-flash-lite', { input: 0.1, cached: 0.01, output: 0.4 }),
  ...rows('gemini-2.5-pro', { input: 1.25, cached: 0.125, output: 10 }),
  ...rows('gemini-2.5-pro', { input: 2.5, cached: 0.25, output: 15 }, LONG),
]);

import type { Usage, UsageUnit } from '@tecnocursos/contracts';

/** One dated price of a vendor's price list. */
export interface PriceRow {
  /** Model, voice engine or product that it is the price of; `*`: all that have no row of their own. */
  readonly model: string;
  readonly unit: UsageUnit;
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  /** Only when the request's input has more than so many tokens; the row with the highest bound that applies counts. */
  readonly aboveInputTokens?: number;
  /** Where the price was read, and when (ISO date). */
  readonly source: string;
  readonly date: string;
}

const MICROS = 1_000_000;
const EVERYTHING = '*';

/**
 * Prices usage in whole micro-dollars, rounded up once for the whole of a call, so that the sum of a ledger is exact. A model without a row costs what the
 * dearest known model costs: an unknown price is never zero.
 */
export class PriceTable {
  private readonly byModel: ReadonlyMap<string, readonly PriceRow[]>;
  private readonly dearest: readonly PriceRow[];

  constructor(readonly rows: readonly PriceRow[]) {
    this.byModel = Map.groupBy(rows, (row) => row.model);
    this.dearest = dearestOf(rows);
  }

  cost(model: string, usage: Usage): number {
    const rows = this.rowsOf(model);
    const input = (usage.input_tokens ?? 0) + (usage.cached_input_tokens ?? 0) + (usage.cache_write_tokens ?? 0);
    let usd = 0;
    for (const unit in usage) {
      const amount = usage[unit as UsageUnit] ?? 0;
      if (amount > 0) usd += amount * rateOf(rows, unit as UsageUnit, input);
    }
    // Binary fractions leave dust above the true product: 0.1 × 3.
    return Math.ceil(Number((usd * MICROS).toFixed(4)));
  }

  has(model: string): boolean {
    return this.byModel.has(model);
  }

  private rowsOf(model: string): readonly PriceRow[] {
    return this.byModel.get(model) ?? this.byModel.get(EVERYTHING) ?? this.dearest;
  }
}

/** US dollars for one unit. Cached tokens without a price of their own cost what others do. */
function rateOf(rows: readonly PriceRow[], unit: UsageUnit, inputTokens: number): number {
  let best: PriceRow | undefined;
  for (const row of rows) {
    if (row.unit !== unit || inputTokens <= (row.aboveInputTokens ?? -1)) continue;
    if (!best || (row.aboveInputTokens ?? -1) > (best.aboveInputTokens ?? -1)) best = row;
  }
  if (best) return best.usd / best.per;
  return unit === 'cached_input_tokens' || unit === 'cache_write_tokens' ? rateOf(rows, 'input_tokens', inputTokens) : 0;
}

function dearestOf(rows: readonly PriceRow[]): readonly PriceRow[] {
  const byUnit = Map.groupBy(rows, (row) => row.unit);
  // Without its bound: a tier's price holds for short inputs as well when nobody knows the model.
  return [...byUnit.values()].flatMap((of) => of.toSorted((a, b) => b.usd / b.per - a.usd / a.per).slice(0, 1)).map(({ aboveInputTokens: _bound, ...row }) => row);
}

/** A local engine: nothing to pay. */
export const FREE = new PriceTable([]);

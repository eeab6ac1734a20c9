import type { Cost } from '@tecnocursos/contracts';

/** The amount, and what it is in reais for the eye: not what a bank will ask. */
export function shownCost(amountMicros: number, reaisForDollar: number): Cost {
  return { amount_micros: amountMicros, currency: 'USD', brl_micros: Math.min(Math.round(amountMicros * reaisForDollar), Number.MAX_SAFE_INTEGER) };
}

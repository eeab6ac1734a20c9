import type { Usage, UsageUnit } from '@tecnocursos/contracts';

/** Usage of several calls of one attempt. */
export function addUsage(one: Usage, other: Usage): Usage {
  const sum: Usage = { ...one };
  for (const unit of Object.keys(other) as UsageUnit[]) sum[unit] = (sum[unit] ?? 0) + (other[unit] ?? 0);
  return sum;
}

const BYTES_PER_TOKEN = 3;
const TOKENS_OF_AN_IMAGE = 1_000;

/** Tokens of a prompt, rather more than they are: Portuguese has about four bytes a token. */
export const estimatedTokens = (bytes: number, images = 0): number => Math.ceil(bytes / BYTES_PER_TOKEN) + images * TOKENS_OF_AN_IMAGE;

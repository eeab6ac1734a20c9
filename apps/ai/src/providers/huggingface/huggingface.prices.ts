import { PriceTable, type PriceRow } from '@tecnocursos/provider-kit';
import { HUGGINGFACE_SENTIMENT_MODEL } from './huggingface.models.js';

const READ = { per: 1_000_000, source: '@pydantic/genai-prices 0.1.8, the dearest of the usual providers', date: '2026-09-23' };

/** The router adds nothing to what its providers charge, and chooses among them: what the dearest of them charges is assumed. */
const rows = (model: string, input: number, output: number): PriceRow[] => [
  { ...READ, model, unit: 'input_tokens', usd: input },
  { ...READ, model, unit: 'output_tokens', usd: output },
];

export const HUGGINGFACE_PRICES = new PriceTable([
  ...rows('openai/gpt-oss-120b', 0.15, 0.75),
  ...rows('meta-llama/Llama-3.3-70B-Instruct', 0.59, 0.79),
  // Their own inference is billed by seconds of the machine; this is the GPU of their example, and our clock sees the way there and back as well.
  { model: HUGGINGFACE_SENTIMENT_MODEL, unit: 'milliseconds', usd: 0.00012, per: 1_000, source: 'huggingface.co/docs/inference-providers/pricing', date: '2026-11-23' },
]);

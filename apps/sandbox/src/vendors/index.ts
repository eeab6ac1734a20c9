import type { VendorSimulator } from '../simulator/vendor-simulator.js';
import { anthropicSimulator } from './anthropic/anthropic.simulator.js';
import { geminiSimulator } from './gemini/gemini.simulator.js';
import { huggingfaceSimulator } from './huggingface/huggingface.simulator.js';
import { openAiSimulator } from './openai/openai.simulator.js';

/** One line a vendor: each call makes vendors with a state of their own. */
const FACTORIES: readonly (() => VendorSimulator)[] = [
  openAiSimulator,
  anthropicSimulator,
  geminiSimulator,
  huggingfaceSimulator,
];

export const createVendors = (): VendorSimulator[] => FACTORIES.map((create) => create());

import type { RenderTimes } from '../media/render-store.js';
import type { VendorSimulator } from '../simulator/vendor-simulator.js';
import { anthropicSimulator } from './anthropic/anthropic.simulator.js';
import { geminiSimulator } from './gemini/gemini.simulator.js';
import { huggingfaceSimulator } from './huggingface/huggingface.simulator.js';
import { openAiSimulator } from './openai/openai.simulator.js';
import { awsPollySimulator } from './aws-polly/aws-polly.simulator.js';
import { azureSpeechSimulator } from './azure-speech/azure-speech.simulator.js';
import { barkSimulator } from './bark/bark.simulator.js';
import { elevenLabsSimulator } from './elevenlabs/elevenlabs.simulator.js';
import { gttsSimulator } from './gtts/gtts.simulator.js';
import { dIdSimulator } from './d-id/d-id.simulator.js';
import { runwaySimulator } from './runway/runway.simulator.js';
import { stabilitySimulator } from './stability/stability.simulator.js';
import { synthesiaSimulator } from './synthesia/synthesia.simulator.js';

/** One line a vendor: each call makes vendors with a state of their own. */
const FACTORIES: readonly ((renders: Partial<RenderTimes>) => VendorSimulator)[] = [
  openAiSimulator,
  anthropicSimulator,
  geminiSimulator,
  huggingfaceSimulator,
  () => elevenLabsSimulator(),
  azureSpeechSimulator,
  () => awsPollySimulator(),
  barkSimulator,
  gttsSimulator,
  dIdSimulator,
  synthesiaSimulator,
  runwaySimulator,
  () => stabilitySimulator(),
];

/** @param renders how long videos take, where it shall be shorter or longer than the vendors' own. */
export const createVendors = (renders: Partial<RenderTimes> = {}): VendorSimulator[] => FACTORIES.map((create) => create(renders));

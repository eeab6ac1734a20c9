import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';
import { readPictureSize } from '../../media/picture-size.js';
import { invalid, type Issue } from './runway.errors.js';

export interface RunwayOrder {
  readonly model: 'gen4_turbo' | 'gen4.5';
  readonly still: Buffer | undefined;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

const RATIOS = ['1280:720', '720:1280', '1104:832', '832:1104', '960:960', '1584:672'];
const CREDITS_PER_SECOND = { gen4_turbo: 5, 'gen4.5': 12 } as const;
const LONGEST_DATA_URL = 5_242_880;
const LONGEST_URL = 2_048;

export const creditsOf = ({ model, seconds }: RunwayOrder): number => CREDITS_PER_SECOND[model] * seconds;

/** Reads `POST /v1/image_to_video` for the models gen4_turbo and gen4.5, as the vendor does. */
export function readOrder(body: unknown): RunwayOrder | SimulatedResponse {
  const issues: Issue[] = [];
  const complain = (field: string, message: string, code = 'invalid_value'): void => void issues.push({ code, path: [field], message });
  const { model, promptImage, promptText, ratio, duration } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  if (model !== 'gen4_turbo' && model !== 'gen4.5') complain('model', 'Invalid input: no such model', 'invalid_union');
  if (typeof ratio !== 'string' || !RATIOS.includes(ratio)) complain('ratio', `Invalid option: expected one of ${RATIOS.join('|')}`);
  if (promptText !== undefined && (typeof promptText !== 'string' || promptText.length < 1 || promptText.length > 1_000)) complain('promptText', 'Invalid input: expected 1 to 1000 characters');
  if (model === 'gen4.5' && (promptText === undefined || duration === undefined)) complain(promptText === undefined ? 'promptText' : 'duration', 'Invalid input: required');
  if (duration !== undefined && !(Number.isInteger(duration) && Number(duration) >= 2 && Number(duration) <= 10)) complain('duration', 'Invalid input: expected an integer from 2 to 10');
  const still = stillOf(promptImage);
  if (still === 'invalid') complain('promptImage', 'Invalid input: expected an https address or a data URI of at most 5 MB with an image');
  if (issues.length > 0) return invalid(issues);
  const [width = 0, height = 0] = String(ratio).split(':').map(Number);
  return { model: model as RunwayOrder['model'], still: still === 'invalid' ? undefined : still, prompt: typeof promptText === 'string' ? promptText : '', width, height, seconds: Number(duration ?? 10) };
}

/** Bytes of a data URI; undefined for an address, which is not fetched here. */
function stillOf(promptImage: unknown): Buffer | undefined | 'invalid' {
  const given = Array.isArray(promptImage) ? (promptImage[0] as { uri?: unknown } | undefined)?.uri : promptImage;
  if (typeof given !== 'string') return 'invalid';
  if (/^(https|runway):\/\//.test(given)) return given.length <= LONGEST_URL ? undefined : 'invalid';
  const base64 = /^data:image\/(?:png|jpeg|webp);base64,(.+)$/s.exec(given)?.[1];
  if (base64 === undefined || given.length > LONGEST_DATA_URL) return 'invalid';
  const bytes = Buffer.from(base64, 'base64');
  return readPictureSize(bytes) ? bytes : 'invalid';
}

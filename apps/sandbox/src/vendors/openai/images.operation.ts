import { BoundedCache } from '../../core/bounded-cache.js';
import { drawPicture } from '../../media/drawn-picture.js';
import { encodePng } from '../../media/png.js';
import type { SimulatedOperation } from '../../simulator/vendor-simulator.js';
import { countTokens } from '../../tokens/token-counter.js';
import { FLAG_LIMIT, moderate } from '../../compose/moderation.js';
import { check, compileCheck, requireObject } from './openai.checks.js';
import { answering, refuse } from './openai.errors.js';
import { requireModel } from './openai.models.js';

interface ImageRequest {
  readonly prompt: string;
  readonly model?: string;
  readonly n?: number | null;
  readonly size?: string | null;
  readonly quality?: string | null;
  readonly output_format?: string | null;
  readonly background?: string | null;
}

const validate = compileCheck({
  type: 'object', required: ['prompt'], additionalProperties: false,
  properties: {
    prompt: { type: 'string', minLength: 1, maxLength: 32_000 }, model: { type: 'string' }, n: { type: ['integer', 'null'], minimum: 1, maximum: 10 }, size: { type: ['string', 'null'] },
    quality: { enum: ['low', 'medium', 'high', 'xhigh', 'max', 'auto', null] }, output_format: { enum: ['png', 'webp', 'jpeg', 'gif', 'svg', null] },
    output_compression: { type: ['integer', 'null'], minimum: 0, maximum: 100 }, background: { enum: ['transparent', 'opaque', 'auto', null] },
    moderation: { enum: ['low', 'auto', null] }, user: { type: 'string' }, stream: { type: ['boolean', 'null'] }, partial_images: { type: ['integer', 'null'] },
  },
});
const FIXED = ['1024x1024', '1536x1024', '1024x1536'];
/** With 2.6 the sizes are fixed again. */
const FREE_SIZES = /^gpt-image-2(?:\.5)?(?:-|$)/;
const SIZE = /^(\d{2,4})x(\d{2,4})$/;
const STEP = 16;
/** Output tokens of 1024 × 1024 pixels by quality, from the price page of GPT image models. */
const TOKENS: Readonly<Record<string, number>> = { low: 272, medium: 1_056, high: 4_160, xhigh: 4_160, max: 4_160 };
const PIXELS = 1_024 * 1_024;
const REMEMBERED_PICTURES = 16;

/** `POST /v1/images/generations`: a real PNG of the size that was asked for, drawn from the words of the prompt. */
export function imagesOperation(): SimulatedOperation {
  const drawn = new BoundedCache<string>(REMEMBERED_PICTURES);
  return {
    name: 'images.generations', method: 'POST', path: '/v1/images/generations', latency: { p50: 12_000, p99: 60_000 },
    handle: (request, _params, context) =>
      answering(() => {
        const body = requireObject(request.json());
        check(validate, body);
        const image = body as unknown as ImageRequest;
        const model = image.model ?? 'gpt-image-2';
        requireModel(model, 'image', 'v1/images/generations', context.now());
        if (Object.values(moderate(image.prompt)).some((score) => score >= FLAG_LIMIT)) {
          throw refuse('Your request was rejected by the safety system.', null, 'moderation_blocked');
        }
        const { width, height } = sizeOf(image.size, model);
        requireDrawable(image.output_format);
        const draw = (index: number): string =>
          drawn.getOrMake(`${index} ${width} ${height} ${image.prompt}`, () => encodePng(drawPicture(`${index} ${image.prompt}`, width, height)).toString('base64'));
        const count = image.n ?? 1;
        const quality = image.quality === 'auto' || !image.quality ? 'medium' : image.quality;
        return {
          status: 200,
          body: {
            created: Math.floor(context.now() / 1_000), background: 'opaque', output_format: 'png', quality, size: `${width}x${height}`,
            data: Array.from({ length: count }, (_picture, index) => ({ b64_json: draw(index) })),
            usage: usageOf(image.prompt, Math.ceil((TOKENS[quality] ?? 0) * ((width * height) / PIXELS)) * count),
          },
        };
      }),
  };
}

function sizeOf(size: string | null | undefined, model: string): { width: number; height: number } {
  if (!size || size === 'auto') return { width: 1_024, height: 1_024 };
  const [, width = 0, height = 0] = (SIZE.exec(size) ?? []).map(Number);
  const isFree = FREE_SIZES.test(model) && width % STEP === 0 && height % STEP === 0 && width > 0 && width / height <= 3 && height / width <= 3 && Math.max(width, height) <= 3_840 && Math.min(width, height) <= 2_160;
  if (FIXED.includes(size) || isFree) return { width, height };
  throw refuse(`Invalid value: '${size}'. Supported values are: ${[...FIXED, 'auto'].map((name) => `'${name}'`).join(', ')}.`, 'size', 'invalid_value');
}

/** The sandbox draws PNG alone: any other format would not be what it says. */
function requireDrawable(format: string | null | undefined): void {
  if (!format || format === 'png') return;
  throw refuse(`The sandbox draws 'png' only; '${format}' is one of the vendor's formats that it does not simulate.`, 'output_format', 'invalid_value');
}

function usageOf(prompt: string, output: number): object {
  const input = countTokens(prompt);
  return { input_tokens: input, output_tokens: output, total_tokens: input + output, input_tokens_details: { text_tokens: input, image_tokens: 0 } };
}

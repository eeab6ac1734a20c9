import { FLAG_LIMIT, moderate, type Harm } from '../../compose/moderation.js';
import type { SimulatedOperation } from '../../simulator/vendor-simulator.js';
import { check, compileCheck, requireObject } from './openai.checks.js';
import { answering } from './openai.errors.js';
import { requireModel } from './openai.models.js';
import { readPicture } from './openai.vision.js';

type Input = string | { readonly type: string; readonly text?: string; readonly image_url?: { readonly url: string } };

const validate = compileCheck({
  type: 'object', required: ['input'], additionalProperties: false,
  properties: {
    input: {
      type: ['string', 'array'], minItems: 1,
      items: {
        type: ['string', 'object'],
        properties: { type: { enum: ['text', 'image_url'] }, text: { type: 'string' }, image_url: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] } },
        if: { type: 'object' }, then: { required: ['type'] },
      },
    },
    model: { type: 'string' },
  },
});
/** Categories that pictures are judged by, too (developers.openai.com, “Moderation”). */
const SEEN: readonly Harm[] = ['self-harm', 'self-harm/intent', 'self-harm/instructions', 'sexual', 'violence', 'violence/graphic'];

/** `POST /v1/moderations`: a result for each text; texts and pictures given as parts are judged together. */
export const moderationsOperation: SimulatedOperation = {
  name: 'moderations', method: 'POST', path: '/v1/moderations', latency: { p50: 250, p99: 1_500 },
  handle: (request, _params, context) =>
    answering(() => {
      const body = requireObject(request.json());
      check(validate, body);
      const model = typeof body['model'] === 'string' ? body['model'] : 'omni-moderation-latest';
      requireModel(model, 'moderation', 'v1/moderations', context.now());
      const input = body['input'] as string | readonly Input[];
      const inputs = typeof input === 'string' ? [input] : input;
      const texts = inputs.filter((item) => typeof item === 'string');
      const parts = inputs.filter((item) => typeof item !== 'string');
      for (const { image_url: picture } of parts) if (picture) readPicture(picture.url, undefined);
      const results = texts.map((text) => resultOf(text, []));
      if (parts.length > 0) results.push(resultOf(parts.map(({ text }) => text ?? '').join('\n'), parts.map(({ type }) => type)));
      return { status: 200, body: { id: `modr-${context.newToken(29)}`, model, results } };
    }),
};

function resultOf(text: string, partTypes: readonly string[]): object {
  const hasPicture = partTypes.includes('image_url');
  const scores = moderate(text);
  const harms = Object.keys(scores) as Harm[];
  const from = <Value>(value: (harm: Harm) => Value): Record<string, Value> => Object.fromEntries(harms.map((harm) => [harm, value(harm)]));
  const categories = from((harm) => scores[harm] >= FLAG_LIMIT);
  return {
    flagged: Object.values(categories).includes(true), categories, category_scores: scores,
    category_applied_input_types: from((harm) => (hasPicture && SEEN.includes(harm) ? ['text', 'image'] : ['text'])),
  };
}

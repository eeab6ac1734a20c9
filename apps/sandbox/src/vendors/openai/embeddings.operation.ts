import { createHash } from 'node:crypto';
import { wordsOf } from '../../compose/language.js';
import type { SimulatedOperation } from '../../simulator/vendor-simulator.js';
import { countTokens } from '../../tokens/token-counter.js';
import { check, compileCheck, requireObject } from './openai.checks.js';
import { answering, refuse } from './openai.errors.js';
import { requireModel } from './openai.models.js';

const DIMENSIONS: Readonly<Record<string, number>> = { 'text-embedding-3-small': 1_536, 'text-embedding-3-large': 3_072 };
const LONGEST_TOKENS = 8_192;
const MOST_INPUTS = 2_048;
/** Places of the vector that a word adds to: enough that unlike texts hardly meet. */
const PLACES = 24;

const validate = compileCheck({
  type: 'object', required: ['input', 'model'], additionalProperties: false,
  properties: {
    input: { type: ['string', 'array'], minLength: 1, minItems: 1, maxItems: MOST_INPUTS, items: { type: ['string', 'integer', 'array'] } },
    model: { type: 'string' }, dimensions: { type: 'integer', minimum: 1 }, encoding_format: { enum: ['float', 'base64'] }, user: { type: 'string' },
  },
});

/** `POST /v1/embeddings`: vectors of length 1 in which texts that share words lie near each other. */
export const embeddingsOperation: SimulatedOperation = {
  name: 'embeddings', method: 'POST', path: '/v1/embeddings', latency: { p50: 180, p99: 1_200 },
  handle: (request, _params, context) =>
    answering(() => {
      const body = requireObject(request.json());
      check(validate, body);
      const { model, encoding_format: encoding = 'float' } = body as { model: string; encoding_format?: string };
      requireModel(model, 'embedding', 'v1/embeddings', context.now());
      const largest = DIMENSIONS[model] ?? 1_536;
      const dimensions = (body['dimensions'] as number | undefined) ?? largest;
      if (dimensions > largest) throw refuse(`Invalid value for 'dimensions' = ${dimensions}. Must be less than or equal to ${largest}.`, 'dimensions');
      const inputs = inputsOf(body['input']);
      const tokens = inputs.map((input) => (typeof input === 'string' ? countTokens(input) : input.length));
      const longest = Math.max(...tokens);
      if (longest > LONGEST_TOKENS) throw refuse(`Invalid 'input': maximum context length is ${LONGEST_TOKENS} tokens, however you requested ${longest} tokens.`, 'input', 'context_length_exceeded');
      const total = tokens.reduce((sum, count) => sum + count, 0);
      const data = inputs.map((input, index) => ({ object: 'embedding', index, embedding: encoded(embed(typeof input === 'string' ? input : input.join(' '), dimensions), encoding) }));
      return { status: 200, body: { object: 'list', data, model, usage: { prompt_tokens: total, total_tokens: total } } };
    }),
};

/** A text, texts, tokens, or lists of tokens. */
function inputsOf(input: unknown): (string | number[])[] {
  if (typeof input === 'string') return [input];
  const list = input as (string | number | number[])[];
  return list.every((item) => typeof item === 'number') ? [list] : (list as (string | number[])[]);
}

function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const words = wordsOf(text.toLowerCase());
  for (const word of words.length > 0 ? words : [text]) {
    const digest = createHash('sha512').update(word).digest();
    for (let place = 0; place < PLACES; place += 1) {
      const bits = digest.readUInt16LE((place * 2) % digest.length) + place * 7_919;
      const index = bits % dimensions;
      vector[index] = (vector[index] ?? 0) + (bits & 1 ? 1 : -1);
    }
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

function encoded(vector: Float32Array, encoding: string): number[] | string {
  return encoding === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
}

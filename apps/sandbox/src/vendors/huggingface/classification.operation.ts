import { wordsOf } from '../../compose/language.js';
import type { SimulatedOperation } from '../../simulator/vendor-simulator.js';
import { countTokens } from '../../tokens/token-counter.js';
import { answering, HuggingFaceRefusal } from './huggingface.errors.js';
import { labelsOf, moodOf } from './sentiment.js';

interface Classified {
  readonly label: string;
  readonly score: number;
}

interface Parameters {
  readonly top_k?: number;
  readonly candidate_labels?: readonly string[];
  readonly multi_label?: boolean;
}

const MOST_TOKENS = 512;
const NAME = /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/;
const DEFAULT_CLASSES = 5;
/** A label that the text names weighs so much more than one that it does not. */
const MENTION_WEIGHT = 8;

/** `POST /hf-inference/models/{org}/{name}`: with `candidate_labels` zero-shot classification, else the classes of a sentiment. */
export const classificationOperation: SimulatedOperation = {
  name: 'hf-inference', method: 'POST', path: '/hf-inference/models/{model+}', latency: { p50: 180, p99: 2_500 },
  handle: (request, { model = '' }) => answering(() => {
    if (!NAME.test(model)) throw new HuggingFaceRefusal(404, { error: `Model ${model} not found` });
    const { inputs, parameters } = read(request.json());
    const labels = parameters.candidate_labels;
    const body = labels ? zeroShot(inputs[0] ?? '', labels, parameters) : inputs.map((text) => classes(model, text, parameters));
    return { status: 200, headers: { 'x-compute-type': 'cpu' }, body };
  }),
};

function read(body: unknown): { readonly inputs: readonly string[]; readonly parameters: Parameters } {
  const { inputs, parameters } = (typeof body === 'object' && body !== null ? body : {}) as { readonly inputs?: unknown; readonly parameters?: unknown };
  const texts = typeof inputs === 'string' ? [inputs] : inputs;
  if (!isTexts(texts) || texts.length === 0) throw new HuggingFaceRefusal(400, { error: '`inputs` must be a string or a list of strings' });
  const longest = Math.max(...texts.map(countTokens));
  if (longest > MOST_TOKENS) {
    throw new HuggingFaceRefusal(400, { error: `The size of tensor a (${longest + 2}) must match the size of tensor b (${MOST_TOKENS + 2}) at non-singleton dimension 1` });
  }
  const given = (typeof parameters === 'object' && parameters !== null ? parameters : {}) as Parameters;
  if (given.candidate_labels !== undefined && (!isTexts(given.candidate_labels) || given.candidate_labels.length === 0)) {
    throw new HuggingFaceRefusal(400, { error: '`parameters.candidate_labels` must be a list of at least one label' });
  }
  return { inputs: texts, parameters: given };
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

const byScore = (left: Classified, right: Classified): number => right.score - left.score;

function classes(model: string, text: string, { top_k: most = DEFAULT_CLASSES }: Parameters): Classified[] {
  return labelsOf(model, moodOf(text)).toSorted(byScore).slice(0, most);
}

/** Scores by the words that label and text share; they sum to 1 unless several labels may hold. */
function zeroShot(text: string, labels: readonly string[], { multi_label: isMulti = false }: Parameters): Classified[] {
  const said = new Set(wordsOf(text.toLowerCase()));
  const weights = labels.map((label) => 1 + MENTION_WEIGHT * wordsOf(label.toLowerCase()).filter((word) => said.has(word)).length);
  const total = isMulti ? MENTION_WEIGHT + 2 : weights.reduce((sum, weight) => sum + weight, 0);
  return labels.map((label, index) => ({ label, score: Math.min(1, (weights[index] ?? 1) / total) })).toSorted(byScore);
}

import type { SchemaNode } from './json-schema.js';
import { harmOfField } from './moderation.js';
import type { Place } from './place.js';

const WORDS_PER_MINUTE = 150;
const LABELLED = /\b(?:blocks?|blocos?|start|begin|in[ií]cio|end|fim|index|[ií]ndice|lines?|linhas?|labels?|from|to|position|segments?|sources?|first|last)\b/;
const LAST = /\b(?:end|fim|last|to|until)\b|[uú]ltim/;
const EXCLUSIVE = /after the last|not included|exclusive|sem incluir|depois d[oa] [uú]ltim/i;
const AMONG_OPTIONS = /\b(?:correct|answer|option|choice|corret[ao]|resposta)\b/;
const SHARE = /score|confidence|probab|ratio|share|similar|relevan|pontua|confian/;

/** A number that says something of the text, inside the limits of the schema. */
export function numberValue(node: SchemaNode, place: Place): number {
  const isInteger = node.type === 'integer' || (Array.isArray(node.type) && node.type.includes('integer'));
  const step = node.multipleOf ?? (isInteger ? 1 : 0);
  return withinLimits(preferred(place, isInteger), node, isInteger && !Number.isInteger(step) ? 1 : step, place.isUnique ? place.ordinal : 0);
}

function preferred({ name, description, isItem, ordinal, material, question }: Place, isInteger: boolean): number {
  const { labels, wordCount } = material;
  const harm = harmOfField(name, material.text);
  if (harm !== undefined && !isInteger) return harm;
  if (AMONG_OPTIONS.test(name)) return question?.answerIndex ?? 0;
  if (isItem && isInteger && labels.length > 0) return labels[ordinal % labels.length] ?? ordinal;
  if (LABELLED.test(name) && isInteger) return labels.length === 0 ? ordinal : LAST.test(name) ? (labels.at(-1) ?? 0) + Number(EXCLUSIVE.test(description)) : (labels[0] ?? 0);
  if (/minute|minuto/.test(name)) return rounded(wordCount / WORDS_PER_MINUTE, isInteger);
  if (/second|segundo|duration|duracao|duração/.test(name)) return rounded((wordCount / WORDS_PER_MINUTE) * 60, isInteger);
  if (/word|palavra/.test(name)) return wordCount;
  if (/count|total|number|quantidade/.test(name)) return material.blocks.length;
  if (SHARE.test(name)) return isInteger ? 75 - (ordinal % 10) * 5 : 0.75 - (ordinal % 10) * 0.05;
  if (/sentiment|polarity/.test(name)) return 0;
  return ordinal + 1;
}

const rounded = (value: number, isInteger: boolean): number => Math.max(1, isInteger ? Math.round(value) : Math.round(value * 10) / 10);

function withinLimits(wanted: number, node: SchemaNode, step: number, shift: number): number {
  const smallest = Math.max(node.minimum ?? -Infinity, above(node.exclusiveMinimum, step, node.maximum ?? node.exclusiveMaximum));
  const largest = Math.min(node.maximum ?? Infinity, below(node.exclusiveMaximum, step, smallest));
  if (step === 0) return continuous(wanted, smallest, largest, shift);
  const lowest = Math.ceil(smallest / step) * step;
  const highest = Math.floor(largest / step) * step;
  const nearest = Math.min(highest, Math.max(lowest, Math.round(wanted / step) * step));
  const shifted = nearest + shift * step;
  const value = shifted <= highest ? shifted : lowest === -Infinity ? nearest - shift * step : lowest + ((shifted - lowest) % (highest - lowest + step));
  return value + 0; // turns −0 into 0
}

/** Fractions of the golden ratio spread over any interval without meeting. */
function continuous(wanted: number, smallest: number, largest: number, shift: number): number {
  const nearest = Math.min(largest, Math.max(smallest, wanted));
  if (shift === 0) return nearest;
  if (largest === Infinity) return nearest + shift;
  return smallest === -Infinity ? nearest - shift : smallest + (largest - smallest) * ((shift * 0.618_034) % 1);
}

/** The next number above an excluded one: a step, or half the way to the other limit. */
function above(excluded: number | undefined, step: number, limit: number | undefined): number {
  if (excluded === undefined) return -Infinity;
  if (step > 0) return Math.floor(excluded / step) * step + step;
  return limit === undefined ? excluded + 1 : excluded + (limit - excluded) / 2;
}

function below(excluded: number | undefined, step: number, limit: number): number {
  if (excluded === undefined) return Infinity;
  if (step > 0) return Math.ceil(excluded / step) * step - step;
  return limit === -Infinity ? excluded - 1 : excluded - (excluded - limit) / 2;
}

import { Semaphore } from '@tecnocursos/nest-kit';
import type { Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../ai-caller.js';
import { mergeServed } from './served.js';

/** A part of a text that is worked on alone. */
export interface PartOf<Chunk> {
  readonly chunk: Chunk;
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

/** What came of a part; `isWhole` when whoever was asked for the first part did the whole text, as engines without a limit of length do. */
export interface PartResult<Value> {
  readonly value: Value;
  readonly isWhole: boolean;
}

export interface PartedWork<Chunk, Value> {
  readonly chunks: readonly Chunk[];
  readonly caller: AiCaller;
  readonly attempt: (part: PartOf<Chunk>, caller: AiCaller) => Promise<Served<PartResult<Value>>>;
  readonly merge: (values: readonly [Value, ...Value[]]) => Value;
}

/** Parts of one text that are worked on at once. */
const AT_ONCE = 4;

/** The first part alone, then the others a few at a time, then merged; it says that the text was divided. The first failure ends the rest. */
export async function inParts<Chunk, Value>({ chunks, caller, attempt, merge }: PartedWork<Chunk, Value>): Promise<Served<Value>> {
  const [first, ...others] = chunks.map((chunk, index): PartOf<Chunk> => ({ chunk, number: index + 1, count: chunks.length }));
  if (!first) throw new TypeError('There is nothing to work on.');
  const head = await attempt(first, caller);
  if (head.value.isWhole || others.length === 0) return { ...head, value: head.value.value };
  const rest = await together(others, caller, attempt);
  const served = mergeServed([head, ...rest], merge([head.value.value, ...rest.map(({ value }) => value.value)]));
  return { ...served, warnings: [...served.warnings, `The text is too long for one prompt: it was worked on in ${chunks.length} parts.`] };
}

async function together<Chunk, Value>(parts: readonly PartOf<Chunk>[], caller: AiCaller, attempt: PartedWork<Chunk, Value>['attempt']): Promise<Served<PartResult<Value>>[]> {
  const places = new Semaphore(AT_ONCE);
  const stop = new AbortController();
  const limited = { ...caller, signal: AbortSignal.any([caller.signal, stop.signal]) };
  try {
    return await Promise.all(parts.map((part) => places.run(() => attempt(part, limited), limited.signal)));
  } finally {
    stop.abort();
  }
}

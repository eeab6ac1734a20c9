import type { Served } from '@tecnocursos/provider-kit';

/** Answers to the parts of one request as one answer: the first names the provider, costs and attempts add up. */
export function mergeServed<Part, Value>(parts: readonly [Served<Part>, ...Served<Part>[]], value: Value): Served<Value> {
  const [first] = parts;
  const sum = (of: (part: Served<Part>) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const others = [...new Set(parts.map(({ provider }) => provider))].filter((provider) => provider !== first.provider);
  return {
    value,
    provider: first.provider,
    model: first.model,
    simulated: parts.some(({ simulated }) => simulated),
    attempts: sum(({ attempts }) => attempts),
    costMicros: sum(({ costMicros }) => costMicros),
    cache: parts.every(({ cache }) => cache === 'hit') ? 'hit' : first.cache === 'hit' ? 'miss' : first.cache,
    fallbackFrom: parts.find(({ fallbackFrom }) => fallbackFrom !== null && fallbackFrom !== first.provider)?.fallbackFrom ?? null,
    vendorMs: sum(({ vendorMs }) => vendorMs),
    warnings: [...new Set([...parts.flatMap(({ warnings }) => warnings), ...(others.length === 0 ? [] : [`Parts of the text were answered by ${others.join(', ')}.`])])],
  };
}

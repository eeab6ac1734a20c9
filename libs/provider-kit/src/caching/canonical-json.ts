import { createHash } from 'node:crypto';

/** JSON with the keys of every object in order, so that equal values have equal texts. Undefined properties are left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** SHA-256 of the canonical JSON of some parts, in hex. */
export const hashOf = (...parts: readonly unknown[]): string => createHash('sha256').update(canonicalJson(parts)).digest('hex');
